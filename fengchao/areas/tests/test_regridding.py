"""Places move: everything in them with them, nothing twice, nothing lost, and back again for a day."""

from datetime import date, timedelta

import pytest
from django.db import connection

from fengchao.accounts.models import Duty
from fengchao.accounts.queries import actor_with_id
from fengchao.areas.actions import carry_out, drop, plan_regridding, schedule, settle, undo
from fengchao.areas.drafting import found
from fengchao.areas.jobs import regrid
from fengchao.areas.models import Division, Grid, Move, Regridding
from fengchao.areas.plans import Founding, Opening, Plan, founded, merged, renumbered
from fengchao.areas.previewing import preview
from fengchao.areas.queries import grids
from fengchao.base import clock
from fengchao.base.actor import Actor, system_actor
from fengchao.base.errors import Refused
from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.people.actions import add_building, add_premises, merge_people, undo_merge
from fengchao.people.models import Building, Person, Premises
from fengchao.testing import ALICE, BOB, CAROL, DAVE, ELSEWHERE, FRANK, GRID, HEIDI, HONGQIAO, NEXT_GRID
from fengchao.work import coverage
from fengchao.work.actions import accept, close, create_tasks, declare, sign_off
from fengchao.work.models import Record, SignOff, Task
from fengchao.work.observation import Observation
from fengchao.work.tests.conftest import saw

from .regridding import Ground, doors_of, lay, misplaced, wanted, where

pytestmark = pytest.mark.django_db
THIRD = GRID + 2


@pytest.fixture
def ground(db) -> Ground:
    return lay()


def do(plan: Plan, by: Actor = CAROL, **more) -> Regridding:
    with acting(by):
        return carry_out(by=by, regridding=plan_regridding(by=by, title="分格", plan=plan, **more))


def take_back(made: Regridding, by: Actor = CAROL) -> None:
    with acting(by):
        undo(by=by, regridding=made)


def refused(plan: Plan, by: Actor = CAROL) -> str:
    with acting(by), pytest.raises(Refused) as why:
        carry_out(by=by, regridding=plan_regridding(by=by, title="分格", plan=plan))
    return why.value.code


def counts(ground: Ground) -> dict[int, tuple[int, int]]:
    with acting(system_actor()):
        assert coverage.counters_equal_recount(ground.campaign.id)
        return {grid: (c.total, c.remaining) for grid, c in
                coverage.by_place(ground.campaign, Area.of(350181005), 15).items()}


def test_a_split_takes_doors_people_and_open_tasks_along_and_the_counters_stay_whole(ground):
    with acting(ALICE):
        task = Task.objects.filter(building_id=ground.two.id).order_by("place")[0]
        accept([saw(task, "met")], by=ALICE)
    do(wanted(two=(ground.two, "银杏")))
    assert (where(ground.one), where(ground.two)) == (GRID, THIRD)
    assert counts(ground) == {GRID: (3, 3), NEXT_GRID: (3, 3), THIRD: (3, 2)}
    assert misplaced() == 0
    with acting(CAROL):
        assert [g.name for g in grids(Area.of(HONGQIAO))] == ["第1网格", "第2网格", "银杏"]
        assert Record.objects.get().grid == GRID, "what happened stays where it happened"


def test_the_preview_counts_what_would_go_and_changes_nothing(ground):
    plan = wanted(two=(ground.two, "003"))
    with acting(CAROL):
        found = preview(by=CAROL, plan=plan)
    assert found["totals"] == {"buildings": 1, "dwellings": 3, "households": 3, "people": 3, "open_tasks": 3,
                               "leaving": 0, "joining": 0}
    assert found["flows"][0][:2] == [GRID, THIRD] and found["refused"] == {}
    assert where(ground.two) == GRID and not Grid.objects.filter(code=THIRD).exists()


def test_an_administrator_who_may_see_no_resident_moves_them_all_the_same(ground):
    do(wanted(two=(ground.two, "003")), by=HEIDI)
    assert misplaced() == 0 and where(ground.two) == THIRD


def test_grids_merge_and_the_one_that_is_gone_was_in_force_until_yesterday(ground):
    do(merged([GRID], NEXT_GRID))
    assert misplaced() == 0 and counts(ground) == {NEXT_GRID: (9, 9)}
    assert Grid.objects.get(code=GRID).until == clock.today() - timedelta(days=1)
    assert [g.code for g in grids(Area.of(HONGQIAO))] == [NEXT_GRID]
    assert GRID in [g.code for g in grids(Area.of(HONGQIAO), clock.today() - timedelta(days=1))]


def test_a_grid_that_is_renumbered_takes_along_what_belongs_to_no_building(ground):
    with acting(CAROL):
        market = add_premises(by=CAROL, grid=GRID, name="早市", kind="other")
    do(renumbered(GRID, Opening(GRID + 99, "第一百网格")))
    with acting(CAROL):
        assert Premises.objects.get(id=market.id).grid == GRID + 99
    assert misplaced() == 0


def test_a_community_in_formation_is_founded_with_its_grids(ground):
    new = Founding(350181005901, "新社区筹备组")
    do(founded(new, [(NEXT_GRID, Opening(new.area.lo + 1, "第一网格"))]), by=DAVE)
    community = Division.objects.get(code=new.code, level=5)
    assert community.forming and community.local
    assert where(ground.next) == new.area.lo + 1 and misplaced() == 0
    assert counts(ground) == {GRID: (6, 6), new.area.lo + 1: (3, 3)}, "the canvass under way goes along"


def test_a_building_over_a_border_inside_a_campaign_keeps_its_tasks_and_whoever_works_there_records_them(ground):
    with acting(DAVE):
        wide = declare(by=DAVE, name="全街道", kind_code="needs_visit", purpose="问需", basis="突发事件应对法",
                       area=Area.of(350181005), deadline=clock.now() + timedelta(days=3),
                       expires=clock.today() + timedelta(days=90))
        list(create_tasks(by=DAVE, campaign=wide))
    do(Plan.of({"openings": [], "foundings": [], "names": [], "closings": [],
                "steps": [[str(ground.next.id), NEXT_GRID, ELSEWHERE]]}), by=DAVE)
    with acting(FRANK):
        task = Task.objects.filter(building_id=ground.next.id)[0]
        assert accept([saw(task, "met")], by=FRANK)[0].status == "accepted"
    with acting(DAVE):
        done = coverage.by_place(wide, Area.of(350181005), 15)
        assert (done[ELSEWHERE].total, done[ELSEWHERE].done) == (6, 1)


def test_only_whoever_may_change_both_sides_moves_a_building_between_communities(ground):
    over = Plan.of({"openings": [], "foundings": [], "names": [], "closings": [],
                    "steps": [[str(ground.next.id), NEXT_GRID, ELSEWHERE]]})
    assert refused(over, CAROL) == refused(over, FRANK) == refused(over, ALICE) == "not_allowed"


def test_somebody_registered_on_both_sides_is_made_one_before_the_building_goes_over(ground):
    number = "110101199003070732"
    with acting(DAVE):
        from fengchao.people.actions import update_person

        there, here = (Person.objects.filter(building_id=b.id)[0] for b in (ground.away, ground.next))
        for person in (there, here):
            update_person(by=DAVE, person=person.id, ric=number)
    over = Plan.of({"openings": [], "foundings": [], "names": [], "closings": [],
                    "steps": [[str(ground.next.id), NEXT_GRID, ELSEWHERE]]})
    assert refused(over, DAVE) == "regrid_known_twice"
    with acting(DAVE):
        merge = merge_people(by=DAVE, keep=there.id, gone=here.id)
    do(over, by=DAVE)
    with acting(DAVE):
        assert merge.grid == ELSEWHERE


def test_a_merge_of_two_rows_can_be_undone_where_the_person_is_now(ground):
    with acting(CAROL):
        kept, gone = Person.objects.filter(building_id=ground.two.id)[:2]
        merge = merge_people(by=CAROL, keep=kept.id, gone=gone.id)
    made = do(wanted(two=(ground.two, "003")))
    with acting(CAROL):
        merge.refresh_from_db()
        assert merge.grid == THIRD
        undo_merge(by=CAROL, merge=merge.id)
    assert made.figures["totals"]["people"] == 2, "somebody merged counts once"


def test_undone_within_a_day_everything_is_where_it_was(ground):
    before = counts(ground)
    made = do(wanted(one=(ground.one, "梧桐"), two=(ground.two, "银杏")))
    assert counts(ground).keys() == {NEXT_GRID, THIRD, THIRD + 1}
    with acting(CAROL):
        built = add_building(by=CAROL, grid=THIRD, name="新楼")
    take_back(made)
    assert counts(ground) == before and misplaced() == 0
    assert where(built) == GRID, "what came into a new grid goes where that grid came from"
    assert Grid.objects.get(code=GRID).until is None
    assert not grids(Area.of(THIRD)).exists(), "and the number is never given again"
    assert wanted(two=(ground.two, "银杏")).openings[0].code == THIRD + 2


def test_of_two_changes_the_later_one_is_undone_first(ground):
    first = do(wanted(two=(ground.two, "003")))
    second = do(wanted(two=(ground.two, str(NEXT_GRID))))
    with acting(CAROL), pytest.raises(Refused) as why:
        undo(by=CAROL, regridding=first)
    assert why.value.code == "regrid_later_first"
    take_back(second)
    take_back(first)
    assert where(ground.two) == GRID and misplaced() == 0


def named(*names: tuple[int, str]) -> Plan:
    return Plan(names=names)


def called(code: int) -> str:
    return Grid.objects.get(code=code).name


def test_of_two_changes_of_a_name_too(ground):
    first, second = do(named((NEXT_GRID, "乙"))), do(named((NEXT_GRID, "丙")))
    with acting(CAROL), pytest.raises(Refused, match="regrid_later_first"):
        undo(by=CAROL, regridding=first)
    take_back(second)
    assert called(NEXT_GRID) == "乙"
    take_back(first)
    assert called(NEXT_GRID) == "第2网格"


def test_a_change_somewhere_else_hinders_nobody(ground):
    first = do(named((NEXT_GRID, "乙")))
    do(named((GRID, "甲")))
    take_back(first)
    assert (called(GRID), called(NEXT_GRID)) == ("甲", "第2网格")


@pytest.mark.parametrize("change", [
    {"names": [[NEXT_GRID, "第1网格"]]},
    {"names": [[NEXT_GRID, " 第1网格 "]]},
    {"names": [[GRID, "甲"], [NEXT_GRID, "甲"]]},
    {"openings": [{"code": THIRD, "name": "第1网格"}]},
    {"openings": [{"code": THIRD, "name": "银杏"}, {"code": THIRD + 1, "name": "银杏"}]},
])
def test_no_two_grids_of_a_community_bear_one_name(change, ground):
    assert refused(Plan.of(Plan().kept() | change)) == "grid_name_taken"


def test_names_change_places_and_follow_whoever_takes_over_and_are_free_in_another_community(ground):
    do(named((GRID, "第2网格"), (NEXT_GRID, "第1网格")))
    do(renumbered(GRID, Opening(THIRD, "第2网格")))
    do(named((ELSEWHERE, "第2网格")), by=DAVE)
    assert [called(code) for code in (NEXT_GRID, THIRD, ELSEWHERE)] == ["第1网格", "第2网格", "第2网格"]


def test_a_name_that_another_bears_by_now_does_not_come_back(ground):
    first = do(named((NEXT_GRID, "乙")))
    do(named((GRID, "第2网格")))
    with acting(CAROL), pytest.raises(Refused, match="grid_name_taken"):
        undo(by=CAROL, regridding=first)
    assert called(NEXT_GRID) == "乙"


def test_grids_of_one_name_come_into_a_new_community_with_where_they_are_from(ground):
    Grid.objects.filter(code=ELSEWHERE).update(name="第2网格")
    plan = found(Area.of(350181005), "新社区筹备组", [NEXT_GRID, ELSEWHERE])
    do(plan, by=DAVE)
    assert len({opening.name for opening in plan.openings}) == 2
    assert all(opening.name.endswith("第2网格") for opening in plan.openings)


def test_after_a_day_it_is_not_undone(ground):
    first = do(wanted(two=(ground.two, "003")))
    with acting(CAROL):
        Regridding.objects.filter(id=first.id).update(done_at=clock.now() - timedelta(hours=25))
        with pytest.raises(Refused) as why:
            undo(by=CAROL, regridding=first)
    assert why.value.code == "regrid_too_late"


def test_a_plan_for_a_day_to_come_takes_its_number_now_and_happens_then(ground, monkeypatch):
    plan = wanted(two=(ground.two, "003"))
    with acting(CAROL):
        made = plan_regridding(by=CAROL, title="分格", plan=plan)
        schedule(by=CAROL, regridding=made, day=clock.today() + timedelta(days=2))
    assert wanted(two=(ground.two, "银杏")).openings[0].code == THIRD + 1
    assert not grids(Area.of(THIRD)).exists()
    regrid()
    assert where(ground.two) == GRID
    Regridding.objects.filter(id=made.id)  # outside any scope: shows nothing
    with acting(system_actor()):
        Regridding.objects.filter(id=made.id).update(day=clock.today())
        regrid()
    assert where(ground.two) == THIRD and misplaced() == 0


def test_a_plan_is_made_for_a_day_within_a_year_and_takes_no_number_otherwise(ground):
    with acting(CAROL):
        made = plan_regridding(by=CAROL, title="分格", plan=wanted(two=(ground.two, "003")))
        with pytest.raises(Refused, match="day_far") as refused:
            schedule(by=CAROL, regridding=made, day=date(9999, 12, 31))
        assert str(refused.value.params["day"]) in refused.value.message
        assert not Grid.objects.filter(code=THIRD).exists()
        schedule(by=CAROL, regridding=made, day=clock.today() + clock.AHEAD)


def test_a_plan_that_no_longer_fits_stays_and_says_why(ground):
    with acting(CAROL):
        made = plan_regridding(by=CAROL, title="分格", plan=wanted(two=(ground.two, "003")))
        schedule(by=CAROL, regridding=made, day=clock.today() + timedelta(days=1))
    do(wanted(two=(ground.two, str(NEXT_GRID))))
    with acting(system_actor()):
        Regridding.objects.filter(id=made.id).update(day=clock.today())
        regrid()
    with acting(CAROL):
        made.refresh_from_db()
        assert (made.state, made.problem["code"]) == ("planned", "regrid_stale")
        drop(by=CAROL, regridding=made)
    assert Grid.objects.get(code=THIRD).until is not None


@pytest.mark.parametrize(("change", "code"), [
    ({"steps": [["{two}", GRID, THIRD]]}, "bad_code"),
    ({"openings": [{"code": NEXT_GRID, "name": "x"}], "steps": [["{two}", GRID, NEXT_GRID]]}, "regrid_number_taken"),
    ({"closings": [GRID]}, "regrid_contradiction"),
    ({"steps": [["{two}", GRID, NEXT_GRID], ["{two}", GRID, NEXT_GRID]]}, "regrid_contradiction"),
    ({"steps": [["{next}", GRID, NEXT_GRID]]}, "regrid_stale"),
    ({"names": [[GRID, ""]]}, "name_needed"),
    ({"openings": [{"code": HONGQIAO * 1000, "name": "x"}]}, "bad_code"),
    ({}, "regrid_empty"),
])
def test_a_plan_that_cannot_be_is_refused_and_nothing_changes(change, code, ground):
    kept = Plan().kept() | change
    kept["steps"] = [[b.format(two=ground.two.id, next=ground.next.id), *way] for b, *way in kept["steps"]]
    assert refused(Plan.of(kept)) == code
    assert Move.objects.count() == 0


def test_the_grids_of_another_street_are_not_ones_own_to_change(ground):
    assert refused(merged([ELSEWHERE], ELSEWHERE + 1), CAROL) == "not_allowed"


def test_who_held_the_old_grid_answers_for_the_new_ones_until_somebody_decides_otherwise(ground):
    do(wanted(one=(ground.one, "梧桐"), two=(ground.two, "银杏")))
    duties = Duty.objects.filter(ended=None, role="grid_worker", lo__gte=GRID, lo__lt=GRID + 99)
    held = {(d.user.name, d.lo) for d in duties}
    assert held == {(name, grid) for name in ("Alice", "Bob") for grid in (THIRD, THIRD + 1)}
    with acting(alice := actor_with_id(ALICE.id)):
        assert Task.objects.count() == 6
    assert alice.areas("record") == (Area(THIRD, THIRD + 2),)


def test_who_confirms_decides_and_the_decision_is_undone_with_the_rest(ground):
    plan = wanted(one=(ground.one, "梧桐"), two=(ground.two, "银杏"))
    bob = Duty.objects.get(user_id=BOB.id)
    do_it = do(plan, choices={"declined": [f"{bob.id}:{THIRD}", f"{bob.id}:{THIRD + 1}"]})
    assert not Duty.objects.filter(user_id=BOB.id, ended=None).exists()
    take_back(do_it)
    assert Duty.objects.get(user_id=BOB.id, ended=None).lo == GRID
    assert Duty.objects.get(user_id=ALICE.id, ended=None).lo == GRID


def test_a_captain_goes_with_the_building(ground):
    Duty.objects.create(user_id=BOB.id, role="building_captain", lo=GRID, hi=GRID + 1, building=ground.two.id)
    do(wanted(two=(ground.two, "003")))
    captain = Duty.objects.get(user_id=BOB.id, role="building_captain", ended=None)
    assert (captain.lo, captain.building) == (THIRD, ground.two.id)


def test_a_signature_under_a_finished_grid_is_taken_back_when_an_open_door_comes_into_it(ground):
    with acting(CAROL):
        tasks = Task.objects.filter(grid=NEXT_GRID)
        accept([saw(task, "met") for task in tasks], by=CAROL)
        signed = sign_off(by=CAROL, campaign=ground.campaign, area=Area.of(NEXT_GRID))
    do(wanted(two=(ground.two, str(NEXT_GRID))))
    with acting(CAROL):
        assert SignOff.objects.get(id=signed.id).withdrawn is not None
        assert SignOff.objects.get(id=signed.id).figures["total"] == 3, "what was signed is not rewritten"


def test_a_campaign_that_is_over_keeps_its_figures_grid_by_grid(ground):
    with acting(CAROL):
        close(by=CAROL, campaign=ground.campaign.id)
    before = counts(ground)
    do(merged([GRID], NEXT_GRID))
    assert counts(ground) == before


def test_the_trail_of_every_grid_says_what_became_of_it(ground):
    made = do(merged([GRID], NEXT_GRID))
    take_back(made)
    with acting(DAVE):
        seen = set(AuditEntry.objects.filter(grid__in=(GRID, NEXT_GRID)).values_list("action", flat=True))
    assert {"regridding_planned", "regridded", "grid_closed", "regridding_undone", "duty_ended"} <= seen


def test_44_grids_become_99_in_one_operation_of_a_fixed_number_of_statements(ground, django_assert_max_num_queries):
    with acting(system_actor()):
        Grid.objects.bulk_create(Grid(code=HONGQIAO * 1000 + n, name=f"第{n}网格") for n in range(3, 45))
        built = Building.objects.bulk_create(Building(grid=HONGQIAO * 1000 + 3 + n % 42, name=f"{n}幢")
                                             for n in range(126))
    wishes = {f"b{n}": (b, f"新{n % 97}") for n, b in enumerate(built)}
    plan = wanted(**wishes)
    with django_assert_max_num_queries(84):
        do(plan)
    assert len(grids(Area.of(HONGQIAO))) == 99 and misplaced() == 0


def test_what_was_written_under_the_old_number_at_that_very_moment_is_brought_after(ground):
    do(wanted(two=(ground.two, "003")))
    door = doors_of(ground.two)[0]
    with acting(system_actor()), connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET grid = %s WHERE dwelling_id = %s", [GRID, door.id])
        assert settle(by=system_actor()) == 1
        assert settle(by=system_actor()) == 0
    assert misplaced() == 0


@pytest.mark.parametrize("ways", [
    ["003", str(NEXT_GRID)],
    ["003", str(NEXT_GRID), "004"],
    ["003", str(NEXT_GRID), str(GRID)],
])
def test_what_was_written_under_any_number_of_a_chain_is_brought_where_the_door_is_now(ways, ground):
    """Somebody read the first number just before the first of several moves, and wrote after the last."""
    passed = [GRID]
    for way in ways:
        do(wanted(two=(ground.two, way)))
        passed.append(where(ground.two))
    doors = doors_of(ground.two)
    for grid in set(passed[:-1]) - {passed[-1]}:
        with acting(system_actor()), connection.cursor() as cursor:
            for table in ("people_person", "work_task"):
                cursor.execute(f"UPDATE {table} SET grid = %s WHERE dwelling_id = %s", [grid, doors[0].id])
            assert settle(by=system_actor()) == 2
            assert settle(by=system_actor()) == 0
        assert misplaced() == 0


def test_a_repeated_observation_of_a_moved_door_is_told_apart(ground):
    with acting(ALICE):
        task = Task.objects.filter(building_id=ground.two.id)[0]
        seen: Observation = saw(task, "met")
        accept([seen], by=ALICE)
    do(wanted(two=(ground.two, "003")))
    with acting(alice := actor_with_id(ALICE.id)):
        assert accept([seen], by=alice)[0].status == "repeated"
