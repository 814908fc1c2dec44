"""Somebody moves while they are still to be reached: their task goes along, or says why it does not."""

from datetime import timedelta

import pytest

from fengchao.areas.actions import carry_out, plan_regridding
from fengchao.areas.plans import Plan
from fengchao.areas.tests.regridding import Ground, doors_of, lay, misplaced
from fengchao.base import clock
from fengchao.base.actor import Actor, system_actor
from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.people.actions import leave_people, mark_left, move_person, set_presence, update_person
from fengchao.people.importing.actions import import_people
from fengchao.people.models import Person
from fengchao.sync.pull import pull
from fengchao.testing import ALICE, BOB, CAROL, DAVE, ELSEWHERE, FRANK, GRID, HONGQIAO, NEXT_GRID
from fengchao.work import coverage
from fengchao.work.actions import accept, assign, create_tasks, declare, sign_off
from fengchao.work.models import Campaign, SignOff, Task

from .conftest import saw

pytestmark = pytest.mark.django_db
HERE, THERE = Area.of(HONGQIAO), Area.of(ELSEWHERE // 1000)


@pytest.fixture
def ground(db) -> Ground:
    return lay()


def check(area: Area, by: Actor, **more) -> Campaign:
    """Everybody of an area is to be reached."""
    with acting(by):
        row = declare(by=by, name="逐人核实", kind_code="person_check", purpose="核对住户", basis="突发事件应对法",
                      area=area, subject="person", deadline=clock.now() + timedelta(days=3),
                      expires=clock.today() + timedelta(days=90), **more)
        list(create_tasks(by=by, campaign=row))
        row.refresh_from_db()
    return row


def somebody(building) -> Person:
    with acting(system_actor()):
        return Person.objects.filter(building_id=building.id).order_by("id")[0]


def move(person: Person, building, by: Actor = DAVE) -> None:
    with acting(by):
        move_person(by=by, person=person.id, to=doors_of(building)[0])


def figures(campaign: Campaign) -> tuple[int, int, int]:
    """Done, remaining, excluded."""
    with acting(system_actor()):
        assert coverage.counters_equal_recount(campaign.id) and misplaced() == 0
        c = coverage.of(campaign, campaign.area)
        return c.done, c.remaining, c.excluded


def task_of(campaign: Campaign, person: Person) -> Task:
    with acting(system_actor()):
        return Task.objects.get(campaign=campaign, person=person)


def test_the_open_task_follows_to_the_new_door_in_walking_order_and_to_whoever_works_there(ground):
    campaign, person = check(HERE, CAROL), somebody(ground.one)
    with acting(CAROL):
        assign(by=CAROL, tasks=[task_of(campaign, person).id], to=ALICE.id)
    move(person, ground.next, CAROL)
    task, neighbour = task_of(campaign, person), task_of(campaign, somebody(ground.next))
    door = doors_of(ground.next)[0]
    assert (task.grid, task.dwelling_id, task.building_id, task.state) == (NEXT_GRID, door.id, ground.next.id, 0)
    assert task.place // 2**32 == neighbour.place // 2**32
    assert task.assigned_to is None, "whoever it was given to does not work there"
    assert figures(campaign) == (0, 9, 0)
    with acting(ALICE):
        assert str(task.id) not in pull(ALICE).decode().partition('"gone"')[0]


def test_to_another_door_of_the_same_grid_it_stays_with_whoever_has_it(ground):
    campaign, person = check(HERE, CAROL), somebody(ground.one)
    with acting(CAROL):
        assign(by=CAROL, tasks=[task_of(campaign, person).id], to=BOB.id)
    move(person, ground.two, CAROL)
    task = task_of(campaign, person)
    assert (task.grid, task.building_id, task.assigned_to) == (GRID, ground.two.id, BOB.id)


def test_where_the_campaign_does_not_reach_it_is_closed_with_the_reason_and_back_again_it_is_open(ground):
    campaign, person = check(HERE, CAROL), somebody(ground.one)
    move(person, ground.away)
    task = task_of(campaign, person)
    assert (task.grid, task.state, task.excluded) == (GRID, Task.State.EXCLUDED, "moved_away")
    assert figures(campaign) == (0, 8, 1)
    move(person, ground.next)
    assert figures(campaign) == (0, 9, 0) and task_of(campaign, person).grid == NEXT_GRID


def _told_at_the_door(person: Person) -> None:
    mark_left(by=ALICE, person=person.id)


def _found_by_another_campaign(person: Person) -> None:
    leave_people(by=ALICE, people=[person.id])


@pytest.mark.parametrize("leaves", [_told_at_the_door, _found_by_another_campaign])
def test_whoever_left_is_visited_no_more_and_whoever_came_back_is_again(ground, leaves):
    campaign, person = check(HERE, CAROL), somebody(ground.one)
    with acting(ALICE):
        leaves(person)
    task = task_of(campaign, person)
    assert (task.state, task.excluded) == (Task.State.EXCLUDED, "moved_away") and figures(campaign) == (0, 8, 1)
    with acting(CAROL):
        set_presence(by=CAROL, person=person.id, presence="returned")
    assert figures(campaign) == (0, 9, 0)


def test_a_campaign_about_some_buildings_does_not_follow_out_of_them(ground):
    campaign = check(HERE, CAROL, where={"buildings": [str(ground.one.id)]})
    person = somebody(ground.one)
    move(person, ground.two, CAROL)
    assert figures(campaign) == (0, 2, 1)
    move(person, ground.one, CAROL)
    assert figures(campaign) == (0, 3, 0)


def test_where_another_campaign_runs_they_are_one_of_its_people_at_once(ground):
    here, there, wide = check(HERE, CAROL), check(THERE, DAVE), check(Area.of(350181005), DAVE)
    person = somebody(ground.one)
    move(person, ground.away)
    assert (figures(here), figures(there), figures(wide)) == ((0, 8, 1), (0, 4, 0), (0, 12, 0))
    with acting(FRANK):
        assert set(Task.objects.filter(person=person).values_list("campaign_id", flat=True)) == {there.id, wide.id}
    move(person, ground.one)
    assert (figures(here), figures(there), figures(wide)) == ((0, 9, 0), (0, 3, 1), (0, 12, 0))


def test_whoever_was_reached_was_reached_where_they_lived(ground):
    campaign, person = check(HERE, CAROL), somebody(ground.one)
    with acting(CAROL):
        accept([saw(task_of(campaign, person), "met")], by=CAROL)
    move(person, ground.next, CAROL)
    assert task_of(campaign, person).grid == GRID and figures(campaign) == (1, 8, 0)
    move(person, ground.away)
    assert figures(campaign) == (1, 8, 0)


def over(building, was: int, becomes: int) -> None:
    plan = Plan.of(Plan().kept() | {"steps": [[str(building.id), was, becomes]]})
    with acting(DAVE):
        carry_out(by=DAVE, regridding=plan_regridding(by=DAVE, title="跨社区", plan=plan))


def test_somebody_who_moved_away_is_found_again_when_their_new_building_comes_into_the_area(ground):
    campaign, person = check(HERE, CAROL), somebody(ground.one)
    move(person, ground.away)
    assert figures(campaign) == (0, 8, 1)
    over(ground.away, ELSEWHERE, NEXT_GRID)
    assert figures(campaign) == (0, 12, 0)
    assert task_of(campaign, person).building_id == ground.away.id


def test_whoever_was_reached_before_their_building_left_has_been_reached_when_they_move_back(ground):
    campaign, person = check(HERE, CAROL), somebody(ground.next)
    with acting(CAROL):
        accept([saw(task_of(campaign, person), "met")], by=CAROL)
    over(ground.next, NEXT_GRID, ELSEWHERE)
    assert figures(campaign) == (0, 6, 3)
    move(person, ground.one)
    assert figures(campaign) == (1, 6, 2) and task_of(campaign, person).grid == GRID


def test_what_was_signed_falls_when_somebody_still_to_be_reached_moves_in(ground):
    campaign, person = check(HERE, CAROL), somebody(ground.one)
    with acting(CAROL):
        accept([saw(t, "met") for t in Task.objects.filter(campaign=campaign, grid=NEXT_GRID)], by=CAROL)
        row = sign_off(by=CAROL, campaign=campaign, area=Area.of(NEXT_GRID))
    move(person, ground.next, CAROL)
    with acting(CAROL):
        assert SignOff.objects.get(id=row.id).withdrawn is not None


def signed(campaign: Campaign, grid: int = NEXT_GRID) -> SignOff:
    with acting(CAROL):
        accept([saw(t, "met") for t in Task.objects.filter(campaign=campaign, grid=grid)], by=CAROL)
        return sign_off(by=CAROL, campaign=campaign, area=Area.of(grid))


def stands(row: SignOff) -> bool:
    with acting(system_actor()):
        return SignOff.objects.get(id=row.id).withdrawn is None


def test_it_stands_again_when_whoever_moved_in_by_mistake_is_moved_back(ground):
    campaign, person = check(HERE, CAROL), somebody(ground.one)
    row = signed(campaign)
    move(person, ground.next, CAROL)
    assert not stands(row)
    move(person, ground.one, CAROL)
    assert stands(row)
    with acting(CAROL):
        assert AuditEntry.objects.filter(action="restore_sign_off", object=str(campaign.id)).count() == 1


def test_of_a_family_with_the_last_one_whoever_was_first(ground):
    campaign = check(HERE, CAROL)
    row = signed(campaign)
    with acting(system_actor()):
        family = list(Person.objects.filter(building_id=ground.one.id).order_by("id"))
    for member in family:
        move(member, ground.next, CAROL)
    for member in family:
        assert not stands(row)
        move(member, ground.one, CAROL)
    assert stands(row)


def test_it_does_not_when_they_were_reached_there_or_went_on_to_somewhere_else(ground):
    campaign, person = check(HERE, CAROL), somebody(ground.one)
    row = signed(campaign)
    move(person, ground.next, CAROL)
    move(person, ground.two, CAROL)
    assert not stands(row), "they lived there after it was said that nobody remains, and nobody met them"
    move(person, ground.next, CAROL)
    with acting(CAROL):
        accept([saw(task_of(campaign, person), "met")], by=CAROL)
    move(person, ground.one, CAROL)
    assert not stands(row), "whoever signs anew says what was reached"


def test_nor_while_somebody_is_open_there_or_over_a_newer_signature(ground):
    campaign, person = check(HERE, CAROL), somebody(ground.one)
    row = signed(campaign)
    move(person, ground.next, CAROL)
    with acting(CAROL):
        accept([saw(task_of(campaign, person), "met")], by=CAROL)
        newer = sign_off(by=CAROL, campaign=campaign, area=Area.of(NEXT_GRID))
    move(person, ground.one, CAROL)
    assert stands(newer) and not stands(row)


def test_a_list_that_says_where_somebody_lives_now_takes_their_task_along_too(ground, tmp_path):
    ric = "110101199003070732"
    with acting(CAROL):
        person = somebody(ground.one)
        update_person(by=CAROL, person=person.id, ric=ric, name="张三")
    campaign = check(HERE, CAROL)
    path = tmp_path / "list.csv"
    path.write_text(f"网格,楼栋,单元,房号,姓名,身份证号\n{NEXT_GRID},3号楼,1,301,张三,{ric}\n")
    with acting(CAROL):
        import_people(by=CAROL, community=HONGQIAO, path=path)
    assert task_of(campaign, person).grid == NEXT_GRID and figures(campaign) == (0, 9, 0)
