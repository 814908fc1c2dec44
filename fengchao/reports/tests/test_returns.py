from datetime import timedelta

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from fengchao import packs
from fengchao.areas.models import Grid
from fengchao.base import clock
from fengchao.base.errors import Refused
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.people.actions import add_person, mark_left
from fengchao.reports import queries
from fengchao.reports.actions import confirm_return
from fengchao.reports.elements import SOURCES
from fengchao.reports.models import DailyReturn
from fengchao.reports.queries import compose, due, midnight, roll_up, total
from fengchao.testing import ALICE, BOB, CAROL, DAVE, ERIN, FRANK, GRID, HONGQIAO
from fengchao.work import coverage
from fengchao.work.actions import accept
from fengchao.work.models import Record, Task
from fengchao.work.tests.conftest import campaign, doors, saw, town  # noqa: F401

pytestmark = pytest.mark.django_db
TODAY = clock.today()
STREET = Area.of(350181005)


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """A test is one transaction: everything in it began before now."""
    monkeypatch.setattr(queries, "SETTLED", timedelta(0))


@pytest.fixture(autouse=True)
def long_there(db):
    """Hongqiao has had its grid for a month, so it had to report yesterday."""
    Grid.objects.create(code=GRID, name="第一网格", since=clock.today() - timedelta(days=30))


def values(lines) -> dict[str, int]:
    return {line["code"]: line["value"] for line in lines}


def composed(day=TODAY) -> dict[str, int]:
    with acting(CAROL):
        return values(compose(HONGQIAO, day).lines)


def test_every_line_of_the_packs_has_a_count_to_fill_it():
    assert all(e.source in SOURCES for name in packs.names() for e in packs.load(name).daily_return)


def test_the_system_composes_the_return_and_nobody_types_a_figure(doors):  # noqa: F811
    with acting(ALICE):
        accept([saw(doors[0], "met", answers={"help": "yes"}), saw(doors[1], "nobody_home"), saw(doors[2], "refused"),
                saw(doors[3], "vacant")], by=ALICE)
        person = add_person(by=ALICE, dwelling=doors[0].dwelling, name="新来的")
        add_person(by=ALICE, dwelling=doors[0].dwelling, name="也是新来的")
        mark_left(by=ALICE, person=person.id)
    assert composed() == {"doors": 12, "reached_today": 1, "nobody_home_today": 1, "refused_today": 1, "remaining": 10,
                          "overdue": 0, "persons_added": 2, "persons_left": 1, "help_asked": 1}


def test_a_door_visited_twice_counts_once(doors):  # noqa: F811
    with acting(ALICE):
        accept([saw(doors[0], "nobody_home")], by=ALICE)
    with acting(BOB):
        accept([saw(doors[0], "nobody_home")], by=BOB)
    assert composed()["nobody_home_today"] == 1


def test_of_a_day_on_which_all_was_done_the_return_says_what_the_board_says(campaign, doors):  # noqa: F811
    """A door that opened at the second knock is no longer one where nobody was home; neither is a corrected one."""
    one, two, three, four, five, six = doors
    with acting(ALICE):
        met = saw(four, "met")
        accept([saw(one, "nobody_home"), saw(two, "nobody_home"), met, saw(five, "met"), saw(six, "refused")], by=ALICE)
        again = [Task.objects.get(id=task.id) for task in (one, four, six)]
        accept([saw(again[0], "met"), saw(again[1], "nobody_home", supersedes=met.id), saw(again[2], "withdrawn",
                supersedes=Record.objects.get(task=six).id)], by=ALICE)
    with acting(BOB):  # who had not heard of it: a late visit, and a contradiction
        accept([saw(one, "nobody_home"), saw(five, "vacant"), saw(three, "nobody_home")], by=BOB)
    said = composed()
    with acting(CAROL):
        board = coverage.of(campaign, Area.of(HONGQIAO))
    assert said["nobody_home_today"] == board.outcomes["nobody_home"] == 3
    assert said["reached_today"] == board.reached == 2
    assert said["refused_today"] == board.outcomes.get("refused", 0) == 0


def test_what_was_taken_back_is_in_no_line_of_the_return_and_leaves_a_quiet_day_quiet(campaign, doors):  # noqa: F811
    met = [saw(door, "met", answers={"help": "yes"}) for door in doors[:2]]
    with acting(ALICE):
        accept(met, by=ALICE)
    assert (composed()["reached_today"], composed()["help_asked"]) == (2, 2)
    with acting(ALICE):
        again = [Task.objects.get(id=door.id) for door in doors[:2]]
        accept([saw(task, "withdrawn", supersedes=was.id) for task, was in zip(again, met, strict=True)], by=ALICE)
    with acting(CAROL):
        board = coverage.of(campaign, Area.of(HONGQIAO))
        draft = compose(HONGQIAO, TODAY)
    said = values(draft.lines)
    assert said["reached_today"] == board.reached == 0
    assert said["remaining"] == board.remaining == board.untried == 12
    assert said["help_asked"] == 0 and draft.nil


def test_a_confirmed_return_never_changes(doors):  # noqa: F811
    with acting(CAROL):
        row = confirm_return(by=CAROL, community=HONGQIAO, day=TODAY)
    with acting(ALICE):
        accept([saw(doors[0], "met")], by=ALICE)
    with acting(CAROL):
        assert DailyReturn.objects.get(id=row.id).value("reached_today") == 0
        with pytest.raises(Refused, match="return_confirmed"):
            confirm_return(by=CAROL, community=HONGQIAO, day=TODAY)


@pytest.mark.parametrize("sql", ["UPDATE reports_dailyreturn SET lines = '[]'", "DELETE FROM reports_dailyreturn"])
def test_nobody_can_change_it_behind_the_platform_either(campaign, sql):  # noqa: F811
    with acting(CAROL):
        confirm_return(by=CAROL, community=HONGQIAO, day=TODAY)
    with pytest.raises(ProgrammingError, match="permission denied"), acting(CAROL), connection.cursor() as cursor:
        cursor.execute(sql)


def test_what_happens_after_a_return_stands_in_the_next_one(doors):  # noqa: F811
    yesterday = TODAY - timedelta(days=1)
    with acting(CAROL):
        DailyReturn.objects.create(
            grid=HONGQIAO * 1000, lo=HONGQIAO * 1000, hi=HONGQIAO * 1000 + 1000, day=yesterday, lines=[], nil=True,
            late=False, since=midnight(yesterday), until=due(yesterday), by_name="Carol")
        assert compose(HONGQIAO, TODAY).period.since == due(yesterday)
        assert compose(HONGQIAO, yesterday).period.until == midnight(TODAY)


def test_a_quiet_day_is_a_statement_that_the_system_composes(campaign):  # noqa: F811
    with acting(CAROL):
        row = confirm_return(by=CAROL, community=HONGQIAO, day=TODAY)
    assert row.nil and row.value("remaining") == 12


def test_a_person_adds_a_word_only_where_something_differs(campaign):  # noqa: F811
    with acting(CAROL):
        row = confirm_return(by=CAROL, community=HONGQIAO, day=TODAY, comments={"remaining": " 两户在装修 ", "x": "y"})
    said = {line["code"]: line["comment"] for line in row.lines}
    assert said["remaining"] == "两户在装修" and not any(said[code] for code in said if code != "remaining")


def test_the_figures_come_from_the_count_and_never_from_the_page(campaign):  # noqa: F811
    with pytest.raises(Refused, match="too_long"), acting(CAROL):
        confirm_return(by=CAROL, community=HONGQIAO, day=TODAY, comments={"doors": "x" * 201})


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), TODAY - timedelta(days=8)])
def test_only_the_last_week_can_be_confirmed(campaign, day):  # noqa: F811
    with pytest.raises(Refused, match="return_day"), acting(CAROL):
        confirm_return(by=CAROL, community=HONGQIAO, day=day)


@pytest.mark.parametrize("who", [ALICE, ERIN, FRANK], ids=lambda a: a.name)
def test_only_who_answers_for_the_community_confirms(campaign, who):  # noqa: F811
    with pytest.raises(Refused, match="not_allowed"), acting(who):
        confirm_return(by=who, community=HONGQIAO, day=TODAY)


def test_the_street_sees_who_is_late_and_who_is_missing(campaign):  # noqa: F811
    yesterday = TODAY - timedelta(days=1)
    with acting(CAROL):
        assert confirm_return(by=CAROL, community=HONGQIAO, day=yesterday).late
    with acting(DAVE):
        rows = {row.place: row.state for row in roll_up(STREET, yesterday, 12)}
    assert rows == {HONGQIAO: "late"}
    with acting(DAVE):
        day = TODAY - timedelta(days=2)
        assert {row.state for row in roll_up(STREET, day, 12)} == {"missing"}


def test_returns_add_up_from_the_community_to_the_district(doors):  # noqa: F811
    with acting(ALICE):
        accept([saw(doors[0], "met")], by=ALICE)
    with acting(CAROL):
        confirm_return(by=CAROL, community=HONGQIAO, day=TODAY)
    with acting(DAVE):
        street = roll_up(STREET, TODAY, 12)
        assert total(street, 350181005).values["reached_today"] == 1
    with acting(ERIN):
        district = roll_up(Area.of(350181), TODAY, 9)
    assert [(row.place, row.values["reached_today"], row.confirmed) for row in district] == [(350181005, 1, 1)]


def test_a_confirmed_return_cannot_be_seen_from_another_community(campaign):  # noqa: F811
    with acting(CAROL):
        confirm_return(by=CAROL, community=HONGQIAO, day=TODAY)
    with acting(FRANK):
        assert not DailyReturn.objects.exists()


def test_a_day_before_a_community_had_grids_or_tasks_is_not_missing(campaign):  # noqa: F811
    with acting(DAVE):
        assert roll_up(STREET, TODAY - timedelta(days=31), 12) == []
