"""Premises are visited like doors: what opens while a campaign runs joins it, what closes leaves with a reason."""

from datetime import timedelta

import orjson
import pytest

from fengchao.base import clock
from fengchao.base.errors import Refused
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.people.actions import add_premises, change_premises, close_premises, reopen_premises
from fengchao.people.importing.actions import import_premises
from fengchao.people.models import Premises
from fengchao.sync.pull import pull
from fengchao.testing import ALICE, BOB, CAROL, GRID, HONGQIAO, NEXT_GRID, browser, user_of
from fengchao.work import coverage
from fengchao.work.actions import accept, assign, create_tasks, declare, include, sign_off
from fengchao.work.jobs import extend
from fengchao.work.models import Campaign, SignOff, Task

from .conftest import saw

pytestmark = pytest.mark.django_db


def opened(name: str, kind: str = "shop", grid: int = GRID, **more) -> Premises:
    with acting(CAROL):
        return add_premises(by=CAROL, grid=grid, name=name, kind=kind, **more)


@pytest.fixture
def shops(town) -> list[Premises]:
    """A chemist and a grocer in Alice's first building, a cook in the grid beside."""
    return [opened("海家药店", building=town.here), opened("鑫发粮油", building=town.here),
            opened("永发小吃", grid=NEXT_GRID, building=town.next)]


@pytest.fixture
def visits(shops) -> Campaign:
    return declared()


def declared(area: int = HONGQIAO, **where) -> Campaign:
    with acting(CAROL):
        row = declare(by=CAROL, name="场所走访", kind_code="premises_check", purpose="消防检查", basis="消防法",
                      area=Area.of(area), subject="premises", where=where,
                      deadline=clock.now() + timedelta(days=3), expires=clock.today() + timedelta(days=90))
        list(create_tasks(by=CAROL, campaign=row))
        row.refresh_from_db()
    return row


def figures(campaign: Campaign, grid: int = HONGQIAO) -> tuple[int, int, int]:
    """How many remain, how many are done, how many do not count."""
    with acting(CAROL):
        of = coverage.of(campaign, Area.of(grid))
    return of.remaining, of.done, of.excluded


def task_of(campaign: Campaign, one: Premises) -> Task:
    with acting(CAROL):
        return Task.objects.get(campaign=campaign, premises=one)


def met(*tasks: Task) -> None:
    with acting(CAROL):
        accept([saw(task, "met") for task in tasks], by=CAROL)


def close(one: Premises) -> None:
    with acting(CAROL):
        close_premises(by=CAROL, premises=one.id, day=clock.today())


def reopen(one: Premises) -> None:
    with acting(CAROL):
        reopen_premises(by=CAROL, premises=one.id)


def change(one: Premises, **changes) -> None:
    with acting(CAROL):
        change_premises(by=CAROL, premises=one.id, **changes)


def test_what_opens_while_a_campaign_runs_joins_it_within_minutes(visits):
    assert figures(visits) == (3, 0, 0)
    one = opened("新开便利店")
    extend()
    assert figures(visits) == (4, 0, 0) and task_of(visits, one).grid == GRID
    extend()
    assert figures(visits) == (4, 0, 0), "and once"


def test_only_the_kinds_that_are_asked_for_join_and_whatever_becomes_one_of_them(shops):
    hotels = declared(kinds=["hotel"])
    assert figures(hotels) == (0, 0, 0)
    inn = opened("永发民宿", kind="hotel")
    change(shops[0], kind="hotel")
    extend()
    assert figures(hotels) == (2, 0, 0) and task_of(hotels, inn)


def test_what_closes_does_not_count_says_why_and_counts_again_when_it_opens(visits, shops):
    close(shops[0])
    assert figures(visits) == (2, 0, 1)
    page = browser(CAROL).get(f"/doors?area={GRID}&campaign={visits.id}&show=excluded").content.decode()
    assert "海家药店" in page and "已停业" in page
    task = task_of(visits, shops[0])
    assert "重新计入" not in browser(CAROL).get(f"/doors/{task.id}").content.decode()
    with acting(CAROL), pytest.raises(Refused, match="premises_closed"):
        include(by=CAROL, tasks=[task.id])
    reopen(shops[0])
    assert figures(visits) == (3, 0, 0)


def test_what_was_visited_before_it_closed_was_visited(visits, shops):
    met(task_of(visits, shops[0]))
    close(shops[0])
    assert figures(visits) == (2, 1, 0)
    reopen(shops[0])
    assert figures(visits) == (2, 1, 0)


def test_what_is_closed_is_no_part_of_a_campaign_declared_later_until_it_opens(shops):
    close(shops[0])
    later = declared()
    assert figures(later) == (2, 0, 0)
    reopen(shops[0])
    assert figures(later) == (3, 0, 0), "at once: nobody waits for a job"


def test_a_campaign_that_is_over_stays_as_it_was(visits, shops):
    Campaign.objects.filter(id=visits.id).update(state=Campaign.State.CLOSED)
    close(shops[0])
    change(shops[1], building=None, grid=NEXT_GRID)
    assert figures(visits, GRID) == (2, 0, 0)


def test_what_moves_takes_its_task_along_and_whose_it_was_stays_behind(visits, shops, town):
    task, _ = task_of(visits, shops[0]), user_of(ALICE)
    with acting(CAROL):
        assign(by=CAROL, tasks=[task.id], to=ALICE.id)
    change(shops[0], building=town.next)
    task = task_of(visits, shops[0])
    assert (task.grid, task.building_id, task.assigned_to) == (NEXT_GRID, town.next.id, None)
    assert figures(visits, GRID) == (1, 0, 0) and figures(visits, NEXT_GRID) == (2, 0, 0)


def test_a_list_that_says_where_something_is_now_takes_its_task_along_too(visits, shops, tmp_path):
    path = tmp_path / "list.csv"
    with acting(CAROL):
        change_premises(by=CAROL, premises=shops[0].id, uscc="92999999MA0504002G")
        path.write_text("店名,楼号,信用代码\n海家药店,2号楼,92999999MA0504002G\n")
        import_premises(by=CAROL, community=HONGQIAO, path=path)
    assert task_of(visits, shops[0]).grid == NEXT_GRID


def test_a_campaign_of_a_grid_or_of_buildings_lets_go_of_what_moves_out_and_takes_what_moves_in(shops, town):
    of_grid, of_building = declared(GRID), declared(buildings=[str(town.here.id)])
    change(shops[0], building=town.next)
    change(shops[2], building=town.here)
    for campaign in (of_grid, of_building):
        assert figures(campaign) == (2, 0, 1)
        with acting(CAROL):
            assert Task.objects.get(campaign=campaign, premises=shops[0]).excluded == "moved_away"
    change(shops[0], building=town.here)
    assert figures(of_grid) == figures(of_building) == (3, 0, 0)


def test_what_was_signed_falls_when_something_opens_there_again(visits, shops):
    close(shops[2])
    with acting(CAROL):
        row = sign_off(by=CAROL, campaign=visits, area=Area.of(NEXT_GRID))
    reopen(shops[2])
    with acting(CAROL):
        assert SignOff.objects.get(id=row.id).withdrawn is not None


def test_the_phone_shows_what_is_called_otherwise_now_and_that_it_does_not_count(visits, shops):
    with acting(BOB):
        first = orjson.loads(pull(BOB))
    change(shops[0], name="海家大药房")
    close(shops[1])
    with acting(BOB):
        said = orjson.loads(pull(BOB, first["cursor"]))
    assert {one["name"] for one in said["premises"]} == {"海家大药房", "鑫发粮油"}
    assert {task["premises"]: task["state"] for task in said["tasks"]}[str(shops[1].id)] == "excluded"
