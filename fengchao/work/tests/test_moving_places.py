"""Places move while a campaign runs: every door of its area has one task, none counts twice, and what was signed."""

from collections import Counter
from datetime import timedelta

import pytest

from fengchao.areas.actions import carry_out, plan_regridding, undo
from fengchao.areas.models import Regridding
from fengchao.areas.plans import Founding, Opening, Plan, founded
from fengchao.areas.previewing import preview
from fengchao.areas.tests.regridding import Ground, doors_of, lay, misplaced, wanted
from fengchao.base import clock
from fengchao.base.actor import Actor, system_actor
from fengchao.base.errors import Refused
from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.base.ranges import inside
from fengchao.base.scope import acting
from fengchao.people.models import Dwelling
from fengchao.testing import ALICE, CAROL, DAVE, ELSEWHERE, FRANK, GRID, HONGQIAO, NEXT_GRID, browser
from fengchao.work import coverage
from fengchao.work.actions import accept, create_tasks, declare, include, sign_off, withdraw_sign_off
from fengchao.work.models import Campaign, Record, SignOff, Task

from .conftest import saw

pytestmark = pytest.mark.django_db
HERE, THERE = Area.of(HONGQIAO), Area.of(ELSEWHERE // 1000)


@pytest.fixture
def ground(db) -> Ground:
    return lay()


def do(plan: Plan, by: Actor = DAVE) -> Regridding:
    with acting(by):
        return carry_out(by=by, regridding=plan_regridding(by=by, title="分格", plan=plan))


def take_back(made: Regridding, by: Actor = DAVE) -> None:
    with acting(by):
        undo(by=by, regridding=made)


def over(building, was: int, becomes: int) -> Plan:
    return Plan.of(Plan().kept() | {"steps": [[str(building.id), was, becomes]]})


def finish(grid: int) -> None:
    with acting(CAROL):
        accept([saw(task, "met") for task in Task.objects.filter(grid=grid, state=Task.State.OPEN)], by=CAROL)


def figures(campaign: Campaign) -> tuple[int, int, int]:
    """Done, remaining, excluded; and the law: every door of the area one task that counts, and no other door one."""
    with acting(system_actor()):
        assert coverage.counters_equal_recount(campaign.id)
        campaign.refresh_from_db()
        doors = set(Dwelling.objects.filter(inside(campaign.area)).values_list("id", flat=True))
        counted = Counter(Task.objects.filter(campaign=campaign).exclude(state=Task.State.EXCLUDED)
                          .values_list("dwelling_id", flat=True))
        assert counted == dict.fromkeys(doors, 1)
        assert misplaced() == 0
        c = coverage.of(campaign, campaign.area)
        return c.done, c.remaining, c.excluded


def signed(*areas: Area, by: Actor = CAROL) -> list[SignOff]:
    with acting(by):
        campaign = Campaign.objects.get()
        return [sign_off(by=by, campaign=campaign, area=area) for area in areas]


def standing() -> set[tuple[int, int]]:
    with acting(system_actor()):
        return set(SignOff.objects.filter(withdrawn=None).values_list("lo", "hi"))


def test_what_was_signed_stands_again_when_the_move_that_took_it_back_is_undone(ground):
    finish(NEXT_GRID)
    [row] = signed(Area.of(NEXT_GRID))
    made = do(wanted(two=(ground.two, str(NEXT_GRID))))
    assert standing() == set()
    take_back(made)
    assert standing() == {(row.lo, row.hi)}
    with acting(CAROL):
        deeds = AuditEntry.objects.filter(object=str(ground.campaign.id)).values_list("action", flat=True)
        assert {"withdraw_sign_off", "restore_sign_off"} <= set(deeds)


def test_what_was_signed_by_the_community_stands_again_with_its_grids(ground):
    finish(GRID)
    finish(NEXT_GRID)
    signed(Area.of(GRID), Area.of(NEXT_GRID), HERE)
    before = standing()
    made = do(over(ground.away, ELSEWHERE, NEXT_GRID))
    assert standing() == {(GRID, GRID + 1)}, "three open doors came into the grid, and so into the community"
    take_back(made)
    assert standing() == before


def test_it_does_not_stand_again_when_a_door_was_opened_meanwhile_or_it_was_signed_anew(ground):
    finish(NEXT_GRID)
    signed(Area.of(NEXT_GRID))
    made = do(wanted(two=(ground.two, str(NEXT_GRID))))
    with acting(CAROL):
        task = Task.objects.filter(building_id=ground.next.id)[0]
        accept([saw(task, "withdrawn", supersedes=task.record)], by=CAROL)
    take_back(made)
    assert standing() == set()

    finish(NEXT_GRID)
    signed(Area.of(NEXT_GRID))
    made = do(wanted(two=(ground.two, str(NEXT_GRID))))
    finish(NEXT_GRID)
    signed(Area.of(NEXT_GRID))
    take_back(made)
    assert len(standing()) == 1


def test_what_somebody_took_back_by_hand_is_not_restored_by_an_undoing(ground):
    finish(NEXT_GRID)
    [row] = signed(Area.of(NEXT_GRID))
    with acting(CAROL):
        withdraw_sign_off(by=CAROL, sign_off=row.id)
    take_back(do(wanted(two=(ground.two, str(NEXT_GRID)))))
    assert standing() == set()


def test_doors_that_leave_the_area_are_closed_out_with_the_reason_and_stay_to_be_read(ground):
    with acting(CAROL):
        accept([saw(Task.objects.filter(building_id=ground.next.id).order_by("place")[0], "met")], by=CAROL)
    do(over(ground.next, NEXT_GRID, ELSEWHERE))
    assert figures(ground.campaign) == (0, 6, 3)
    with acting(CAROL):
        left = Task.objects.filter(campaign=ground.campaign, state=Task.State.EXCLUDED)
        assert {(t.grid, t.excluded) for t in left} == {(NEXT_GRID, "left_area"), (NEXT_GRID, "left_area_done")}
        assert Record.objects.get().grid == NEXT_GRID, "what was recorded stays where it was"
    page = browser(CAROL).get(f"/doors?area={HONGQIAO}&campaign={ground.campaign.id}&show=excluded")
    assert page.content.decode().count("已划出这次行动的范围") == 3
    with acting(FRANK):
        assert not Task.objects.exists(), "his community has no campaign"


def test_undone_they_count_as_they_did(ground):
    with acting(CAROL):
        accept([saw(Task.objects.filter(building_id=ground.next.id).order_by("place")[0], "met")], by=CAROL)
    before = figures(ground.campaign)
    made = do(over(ground.next, NEXT_GRID, ELSEWHERE))
    take_back(made)
    assert figures(ground.campaign) == before == (1, 8, 0)


def test_they_come_back_into_another_grid_by_a_later_move(ground):
    do(over(ground.next, NEXT_GRID, ELSEWHERE))
    do(over(ground.next, ELSEWHERE, GRID))
    assert figures(ground.campaign) == (0, 9, 0)
    with acting(ALICE):
        assert Task.objects.count() == 9


def test_doors_that_come_in_are_tasks_of_every_campaign_there_at_once(ground):
    with acting(DAVE):
        wide = declare(by=DAVE, name="全街道", kind_code="needs_visit", purpose="问需", basis="突发事件应对法",
                       area=Area.of(350181005), deadline=clock.now() + timedelta(days=3),
                       expires=clock.today() + timedelta(days=90))
        list(create_tasks(by=DAVE, campaign=wide))
        wide.refresh_from_db()
    plan = over(ground.away, ELSEWHERE, NEXT_GRID)
    with acting(DAVE):
        found = preview(by=DAVE, plan=plan)["totals"]
    assert (found["joining"], found["leaving"]) == (3, 0)
    made = do(plan)
    assert figures(ground.campaign) == (0, 12, 0)
    assert figures(wide) == (0, 12, 0), "they were in its area all the time: their tasks went along"
    take_back(made)
    assert figures(ground.campaign) == (0, 9, 3)
    assert figures(wide) == (0, 12, 0)


def test_a_campaign_about_some_doors_only_takes_in_those(ground):
    with acting(CAROL):
        Dwelling.objects.update(state="occupied")
        some = declare(by=CAROL, name="空房", kind_code="needs_visit", purpose="问需", basis="突发事件应对法",
                       area=HERE, deadline=clock.now() + timedelta(days=3), expires=clock.today() + timedelta(days=90),
                       where={"states": ["vacant"]})
        list(create_tasks(by=CAROL, campaign=some))
    with acting(DAVE):
        Dwelling.objects.filter(id=doors_of(ground.away)[0].id).update(state="vacant")
    do(over(ground.away, ELSEWHERE, NEXT_GRID))
    with acting(CAROL):
        assert Task.objects.filter(campaign=some).count() == 1


def test_the_canvass_under_way_goes_along_with_a_community_that_is_founded(ground):
    new = Founding(350181005901, "新社区筹备组")
    plan = founded(new, [(NEXT_GRID, Opening(new.area.lo + 1, "第一网格"))])
    with acting(DAVE):
        found = preview(by=DAVE, plan=plan)["totals"]
    assert (found["joining"], found["leaving"]) == (0, 0)
    made = do(plan)
    assert figures(ground.campaign) == (0, 9, 0)
    assert ground.campaign.area.parts == (HERE, Area.of(new.area.lo + 1))
    with acting(DAVE):
        own = declare(by=DAVE, name="新社区", kind_code="verify_visit", purpose="核对住户", basis="突发事件应对法",
                      area=new.area, deadline=clock.now() + timedelta(days=3),
                      expires=clock.today() + timedelta(days=90))
        list(create_tasks(by=DAVE, campaign=own))
        own.refresh_from_db()
    assert figures(own) == (0, 3, 0), "and it has one of its own from now on"
    take_back(made)
    assert figures(ground.campaign) == (0, 9, 0) and ground.campaign.area == HERE


def test_a_grid_that_left_does_not_keep_the_community_from_signing(ground):
    do(over(ground.next, NEXT_GRID, ELSEWHERE))
    finish(GRID)
    signed(Area.of(GRID), HERE)
    assert len(standing()) == 2


def test_a_door_that_left_is_not_counted_again_by_hand(ground):
    do(over(ground.next, NEXT_GRID, ELSEWHERE))
    with acting(CAROL):
        task = Task.objects.filter(state=Task.State.EXCLUDED)[0]
        with pytest.raises(Refused, match="door_left"):
            include(by=CAROL, tasks=[task.id])
