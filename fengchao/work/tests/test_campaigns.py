"""A campaign has a denominator, an end, and somebody who answers for every door of it."""

from datetime import datetime, timedelta

import pytest
from django.db.models import F

from fengchao.base import clock
from fengchao.base.actor import system_actor
from fengchao.base.errors import Refused
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.packs import base_pack
from fengchao.people.actions import add_dwelling, add_person, add_tag, set_dwelling_states
from fengchao.people.models import Dwelling
from fengchao.testing import ALICE, CAROL, DAVE, FRANK, GRID, HONGQIAO, browser, user_of
from fengchao.work import coverage
from fengchao.work.actions import (
    accept,
    assign,
    claim,
    close,
    create_tasks,
    declare,
    escalate,
    exclude,
    hand_over,
    include,
    sign_off,
    withdraw_sign_off,
)
from fengchao.work.jobs import extend
from fengchao.work.models import Campaign, SignOff, Task
from fengchao.work.queries import standing_in

from .conftest import past_deadline, saw


def declared(who=CAROL, **more) -> Campaign:
    values = {"name": "走访", "kind_code": "verify_visit", "purpose": "核对住户", "basis": "突发事件应对法",
              "area": Area.of(HONGQIAO), "deadline": clock.now() + timedelta(days=1),
              "expires": clock.today() + timedelta(days=30)} | more
    return declare(by=who, **values)


def test_every_door_of_the_area_becomes_one_task_and_a_new_door_joins_later(town, campaign):
    with acting(CAROL):
        assert campaign.state == Campaign.State.RUNNING
        assert coverage.of(campaign, Area.of(HONGQIAO)).total == 12
        add_dwelling(by=CAROL, building=town.here, entrance="1", floor=4, room="401")
    with acting(system_actor()):
        extend()
    with acting(CAROL):
        assert coverage.of(campaign, Area.of(HONGQIAO)).total == 13


def test_doors_are_walked_by_entrance_from_the_top_floor_down(doors):
    with acting(CAROL):
        rooms = [Dwelling.objects.get(id=task.dwelling_id).room for task in doors]
    assert rooms == ["301", "302", "201", "202", "101", "102"]


@pytest.mark.parametrize("missing", ["name", "purpose", "basis"])
def test_a_campaign_without_a_reason_is_refused(town, missing):
    with acting(CAROL), pytest.raises(Refused, match="required"):
        declared(**{missing: "  "})


def test_a_campaign_ends_and_its_answers_go_when_the_pack_says_at_the_latest(town):
    pack, today = base_pack(), clock.today()
    latest, days = clock.now() + timedelta(days=pack.campaign_days, minutes=-5), timedelta(days=pack.retention_days)
    far = datetime(9999, 12, 31, 20, tzinfo=clock.CHINA)
    with acting(CAROL):
        for wrong, code in (({"deadline": far, "expires": far.date()}, "deadline_far"),
                            ({"deadline": latest + timedelta(hours=1)}, "deadline_far"),
                            ({"expires": today + timedelta(days=pack.retention_days + 3)}, "expires_far")):
            with pytest.raises(Refused, match=code) as refused:
                declared(**wrong)
            assert clock.day_of(str(refused.value.params["day"])) and "最晚" in refused.value.message
        assert declared(deadline=latest, expires=latest.astimezone(clock.CHINA).date() + days)


def test_the_form_says_the_latest_day_before_anything_is_counted(town):
    said = {"name": "走访", "purpose": "核对", "basis": "法", "deadline": "9999-12-31T20:00", "expires": "9999-12-31"}
    page = browser(CAROL).post(f"/campaigns/declare?kind=verify_visit&area={HONGQIAO}", said)
    assert page.status_code == 422 and "截止时间最晚到" in page.content.decode()


def test_nobody_declares_outside_their_area(town):
    with acting(FRANK), pytest.raises(Refused, match="not_allowed"):
        declared(FRANK)
    with acting(CAROL), pytest.raises(Refused, match="not_allowed"):
        declared(area=Area.of(350181005))


def test_a_campaign_can_be_about_the_old_only(town):
    with acting(CAROL):
        door = Dwelling.objects.filter(building=town.here).first()
        old = add_person(by=CAROL, dwelling=door, name="林奶奶", born=clock.today() - timedelta(days=366 * 85))
        young = add_person(by=CAROL, dwelling=door, name="林小明", born=clock.today() - timedelta(days=366 * 9))
        add_tag(by=CAROL, person=young.id, code="child_alone")
        row = declared(kind_code="person_check", subject="person", where={"ages": [80, 120]})
        list(create_tasks(by=CAROL, campaign=row))
        assert [t.person_id for t in Task.objects.filter(campaign=row)] == [old.id]
        row = declared(kind_code="person_check", subject="person", where={"tags": ["child_alone"]})
        list(create_tasks(by=CAROL, campaign=row))
        assert [t.person_id for t in Task.objects.filter(campaign=row)] == [young.id]


def test_an_unknown_condition_is_refused_before_anything_is_made(town):
    with acting(CAROL), pytest.raises(Refused, match="invalid"):
        declared(where={"1=1; drop": 1})


def test_a_demolished_door_stands_in_the_campaign_with_its_reason(town):
    with acting(CAROL):
        set_dwelling_states(by=CAROL, states={Dwelling.objects.filter(building=town.here).first().id: "gone"})
        row = declared()
        list(create_tasks(by=CAROL, campaign=row))
        figures = coverage.of(row, Area.of(HONGQIAO))
        assert (figures.total, figures.excluded) == (11, 1)
        assert Task.objects.get(campaign=row, state=Task.State.EXCLUDED).excluded == "gone"


def test_overdue_work_goes_up_when_its_rule_says(campaign, doors):
    with acting(system_actor()) as system:
        assert escalate(by=system) == 0
        Task.objects.filter(id=doors[0].id).update(due=clock.now() - timedelta(hours=3),
                                                   escalate_at=clock.now() - timedelta(hours=1))
        assert escalate(by=system) == 1
        assert escalate(by=system) == 0
    with acting(CAROL):
        task = Task.objects.get(id=doors[0].id)
        assert task.level == 1
        assert task.escalate_at == task.due + timedelta(hours=24)


def test_what_is_open_after_the_deadline_is_overdue_at_every_level_as_on_the_phone(campaign, doors):
    """Not when it goes up: two hours after the deadline its workers had hundreds of late doors and the office none."""
    def overdue() -> set[int]:
        with acting(CAROL):
            row = Campaign.objects.get(id=campaign.id)
            area = Area.of(HONGQIAO)
            asked = (coverage.by_place(row, area, 15), coverage.by_building(row, area), coverage.by_worker(row, area))
            on_phones = Task.objects.filter(state=Task.State.OPEN, due__lt=clock.now()).count()
            return {on_phones, coverage.of(row, area).overdue, sum(b.overdue for b in standing_in(row, area)),
                    *(sum(c.overdue for c in each.values()) for each in asked)}

    with acting(ALICE):
        accept([saw(doors[0], "met"), saw(doors[1], "nobody_home")], by=ALICE)
    assert overdue() == {0}
    past_deadline(campaign)
    assert overdue() == {11}
    with acting(CAROL):
        close(by=CAROL, campaign=campaign.id)
    assert overdue() == {11}


@pytest.mark.parametrize("again", ["withdrawn", "nobody_home"])
def test_a_door_that_is_open_again_goes_up_as_if_it_had_never_been_closed(campaign, doors, again):
    def raised_after(hours: int) -> int:
        """At what level it is, so long after it was due."""
        with acting(system_actor()) as system:
            Task.objects.filter(id=doors[0].id).update(due=F("due") - timedelta(days=1, hours=hours),
                                                       escalate_at=F("escalate_at") - timedelta(days=1, hours=hours))
            while escalate(by=system):
                pass
            return Task.objects.get(id=doors[0].id).level

    def open_again() -> None:
        with acting(ALICE):
            met = saw(Task.objects.get(id=doors[0].id), "met")
            accept([met], by=ALICE)
            accept([saw(Task.objects.get(id=doors[0].id), again, supersedes=met.id)], by=ALICE)

    Task.objects.update(due=clock.now() + timedelta(days=1), escalate_at=clock.now() + timedelta(days=1, hours=2))
    open_again()
    assert raised_after(3) == 1
    open_again()
    assert raised_after(22 - 24) == 2


def test_coverage_is_the_same_seen_from_every_level_and_from_the_rows(campaign, doors):
    with acting(ALICE):
        accept([saw(doors[0], "met"), saw(doors[1], "nobody_home"), saw(doors[2], "vacant")], by=ALICE)
    with acting(DAVE):
        whole = coverage.of(campaign, Area.of(350181005))
        grids = coverage.by_place(campaign, Area.of(HONGQIAO), 15)
        houses = coverage.by_building(campaign, Area.of(HONGQIAO))
        assert (whole.total, whole.done, whole.remaining, whole.untried, whole.reached) == (12, 2, 10, 9, 1)
        assert whole.outcomes == {"met": 1, "nobody_home": 1, "vacant": 1}
        for parts in (grids, houses, coverage.by_place(campaign, Area.of(350181005), 12)):
            assert sum(c.remaining for c in parts.values()) == 10
            assert sum(c.attempts for c in parts.values()) == whole.attempts == 3
        hers = coverage.by_worker(campaign, Area.of(GRID))[ALICE.id]
        assert (hers.total, hers.done, hers.remaining) == (3, 2, 1)
        assert coverage.counters_equal_recount(campaign.id)


def test_a_worker_elsewhere_sees_nothing_of_it(campaign):
    with acting(FRANK):
        assert coverage.of(campaign, Area.of(HONGQIAO)).total == 0
        assert not Campaign.objects.exists()


def test_tasks_are_given_only_to_somebody_with_a_duty_there(campaign, doors):
    user_of(ALICE), user_of(FRANK)
    with acting(CAROL):
        assert assign(by=CAROL, tasks=[d.id for d in doors[:3]], to=ALICE.id) == 3
        with pytest.raises(Refused, match="worker_not_here"):
            hand_over(by=CAROL, campaign=campaign, grid=GRID, to=FRANK.id)
        assert hand_over(by=CAROL, campaign=campaign, grid=GRID, to=None, only_from=ALICE.id) == 3
    with acting(ALICE), pytest.raises(Refused, match="not_allowed"):
        assign(by=ALICE, tasks=[doors[0].id], to=ALICE.id)


def test_a_claimed_door_is_not_claimed_twice(doors):
    with acting(ALICE):
        claim(by=ALICE, task=doors[0].id)
    from fengchao.testing import BOB
    with acting(BOB), pytest.raises(Refused, match="already_claimed"):
        claim(by=BOB, task=doors[0].id)


def test_excluding_needs_a_reason_and_can_be_undone(campaign, doors):
    with acting(CAROL):
        with pytest.raises(Refused, match="required"):
            exclude(by=CAROL, tasks=[doors[0].id], reason=" ")
        exclude(by=CAROL, tasks=[doors[0].id], reason="施工封闭")
        assert coverage.of(campaign, Area.of(HONGQIAO)).total == 11
        include(by=CAROL, tasks=[doors[0].id])
        assert coverage.of(campaign, Area.of(HONGQIAO)).total == 12


def test_sign_off_goes_up_the_tree_and_falls_when_a_part_is_taken_back(campaign, doors):
    with acting(ALICE):
        with pytest.raises(Refused, match="not_finished"):
            sign_off(by=ALICE, campaign=campaign, area=Area.of(GRID))
        accept([saw(d, "met") for d in doors], by=ALICE)
        mine = sign_off(by=ALICE, campaign=campaign, area=Area.of(GRID))
    with acting(CAROL):
        rest = Task.objects.filter(campaign=campaign, state=Task.State.OPEN)
        accept([saw(t, "vacant") for t in rest], by=CAROL)
        with pytest.raises(Refused, match="signed_below"):
            sign_off(by=CAROL, campaign=campaign, area=Area.of(HONGQIAO))
        sign_off(by=CAROL, campaign=campaign, area=Area.of(GRID + 1))
        sign_off(by=CAROL, campaign=campaign, area=Area.of(HONGQIAO))
    with acting(ALICE):
        withdraw_sign_off(by=ALICE, sign_off=mine.id)
    with acting(CAROL):
        assert [s.lo for s in SignOff.objects.filter(withdrawn__isnull=True)] == [GRID + 1]
