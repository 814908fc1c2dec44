"""Grids change while phones are offline: what was recorded comes in, what a phone holds heals by the difference."""

from contextlib import suppress

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fengchao.accounts.models import Duty
from fengchao.accounts.queries import actor_with_id
from fengchao.accounts.tokens import actor_for, hash_of
from fengchao.areas.actions import carry_out, plan_regridding, undo
from fengchao.areas.models import Grid, Regridding
from fengchao.areas.plans import Plan, merged
from fengchao.areas.tests.regridding import Ground, lay, misplaced, wanted
from fengchao.base import clock
from fengchao.base.actor import Actor, system_actor
from fengchao.base.errors import Refused
from fengchao.base.scope import acting
from fengchao.people.models import Person
from fengchao.sync.pull import pull
from fengchao.testing import ALICE, BOB, CAROL, DAVE, ELSEWHERE, FRANK, GRID, HONGQIAO, NEXT_GRID
from fengchao.work import coverage
from fengchao.work.actions import accept
from fengchao.work.models import Record, Task

from .conftest import Phone, quiet, saw
from .test_push import ACCEPTED, REPEATED, op, send, visit

THIRD = GRID + 2


@pytest.fixture
def db(committed):
    """In place of pytest-django's, which never commits: phones read what others have finished."""


@pytest.fixture
def ground(db) -> Ground:
    made = lay()
    quiet()
    return made


def do(plan: Plan, by: Actor = CAROL, **more) -> Regridding:
    with acting(by):
        made = carry_out(by=by, regridding=plan_regridding(by=by, title="分格", plan=plan, **more))
    quiet()
    return made


def now(who: Actor) -> Actor:
    return actor_with_id(who.id)


def split_and_give_the_new_grid_to_bob(ground: Ground) -> Regridding:
    """Alice keeps the old grid, Bob has the new one alone."""
    plan = wanted(two=(ground.two, "003"))
    alice, bob = (Duty.objects.get(user_id=who.id) for who in (ALICE, BOB))
    made = do(plan, choices={"declined": [f"{alice.id}:{THIRD}"]})
    Duty.objects.filter(id=bob.id).update(ended=clock.now())
    return made


def test_the_old_phone_loses_the_doors_and_the_new_one_gets_them_without_a_full_download(ground):
    alice, bob = Phone(ALICE).pull(), Phone(BOB).pull()
    split_and_give_the_new_grid_to_bob(ground)
    alice.who, bob.who = now(ALICE), now(BOB)
    assert not alice.pull().answers[0]["full"] and len(alice.ids("tasks")) == 3
    assert {row["building"] for row in alice.rows["dwellings"].values()} == {str(ground.one.id)}
    assert bob.pull().answers[0]["full"], "his old grid goes on without him: that is no re-gridding"
    assert {row["grid"] for row in bob.rows["tasks"].values()} == {THIRD}


def test_a_worker_whose_grid_was_divided_is_sent_the_difference_only(ground):
    alice = Phone(ALICE).pull()
    do(wanted(one=(ground.one, "梧桐"), two=(ground.two, "银杏")))
    alice.who = now(ALICE)
    page = alice.pull().answers[0]
    assert not page["full"] and [g["code"] for g in page["grids"]] == [THIRD, THIRD + 1]
    assert alice.rows == Phone(alice.who).pull().rows
    assert alice.pull().answers[0]["tasks"] == [], "and the next round is empty"


def test_a_phone_whose_grid_ended_forgets_what_went_to_others(ground):
    alice = Phone(ALICE).pull()
    plan = wanted(one=(ground.one, "梧桐"), two=(ground.two, "银杏"))
    duty = Duty.objects.get(user_id=ALICE.id)
    do(plan, choices={"declined": [f"{duty.id}:{THIRD + 1}"]})
    alice.who = now(ALICE)
    page = alice.pull().answers[0]
    assert not page["full"]
    kinds = {g["kind"] for g in page["gone"]}
    assert kinds == {"grid", "building", "dwelling", "person", "premises", "task"}
    assert alice.rows == Phone(alice.who).pull().rows and len(alice.ids("tasks")) == 3


def test_a_grid_that_was_merged_into_brings_what_had_been_there_before(ground):
    alice = Phone(ALICE).pull()
    do(merged([GRID], NEXT_GRID))
    alice.who = now(ALICE)
    page = alice.pull().answers[0]
    assert not page["full"] and len(alice.ids("tasks")) == 9
    assert alice.rows == Phone(alice.who).pull().rows


def test_a_pull_by_somebody_whose_new_duty_was_not_known_yet_misses_nothing(ground):
    """The duties were read, then the grids changed, then the rows were read."""
    alice = Phone(ALICE).pull()
    do(wanted(one=(ground.one, "梧桐"), two=(ground.two, "银杏")))
    alice.pull()
    assert alice.ids("tasks") == set()
    alice.who = now(ALICE)
    assert alice.pull().rows == Phone(alice.who).pull().rows and len(alice.ids("tasks")) == 6


def test_what_was_recorded_under_the_old_number_is_accepted_where_the_door_is_now(ground):
    with acting(ALICE):
        tasks = list(Task.objects.filter(building_id=ground.two.id).order_by("place"))
    door = str(tasks[0].dwelling_id)
    offline = [visit(tasks[0]), op("person_add", dwelling=door, name="新来的"), op("claim", task=str(tasks[1].id))]
    before = [visit(tasks[2])]
    assert send(ALICE, *before) == [ACCEPTED]
    split_and_give_the_new_grid_to_bob(ground)
    for who in (now(ALICE), ALICE):  # ALICE: read before it happened, waited for it
        assert send(who, *offline) in ([ACCEPTED] * 3, [REPEATED] * 3)
        assert send(who, *before) == [REPEATED]
    with acting(now(BOB)):
        assert Record.objects.get(id=offline[0]["id"]).grid == THIRD
        assert Person.objects.get(id=offline[1]["id"]).grid == THIRD
        assert Task.objects.get(id=tasks[0].id).state == Task.State.DONE
    with acting(CAROL):
        assert coverage.counters_equal_recount(ground.campaign.id)
    with acting(now(ALICE)):
        assert Task.objects.count() == 3, "she sees no more than is hers"
    assert len(orjson.loads(_pull(now(ALICE)))["tasks"]) == 3


def _pull(who: Actor) -> bytes:
    with acting(who):
        return pull(who)


def test_doors_that_were_never_theirs_stay_out_of_reach(ground):
    with acting(FRANK):
        away = Task.objects.filter(grid=ELSEWHERE).first()
    with acting(CAROL):
        theirs = Task.objects.filter(grid=NEXT_GRID)[0]
    split_and_give_the_new_grid_to_bob(ground)
    assert away is None
    assert send(now(ALICE), visit(theirs)) == [("refused", "not_found")]
    with acting(CAROL):
        taken = Task.objects.filter(building_id=ground.two.id)[0]
    assert send(now(FRANK), visit(taken)) == [("refused", "not_found")]


def test_a_phone_that_lost_its_last_duty_to_it_may_still_hand_in_what_it_holds(ground):
    from fengchao.accounts.actions import enrol_device
    from fengchao.accounts.models import User

    with acting(ALICE):
        task = Task.objects.filter(building_id=ground.two.id)[0]
    enrol_device(by=ALICE, user=User.objects.get(id=ALICE.id), name="A", token_hash=hash_of("t"))
    duty = Duty.objects.get(user_id=ALICE.id)
    held = visit(task)
    do(wanted(one=(ground.one, "梧桐"), two=(ground.two, "银杏")),
       choices={"declined": [f"{duty.id}:{THIRD}", f"{duty.id}:{THIRD + 1}"]})
    alice = actor_for("t")
    assert alice.grants == () and send(alice, held) == [ACCEPTED]
    page = orjson.loads(_pull(alice))
    assert page["full"] and page["tasks"] == page["people"] == page["grids"] == []
    Duty.objects.filter(id=duty.id).update(went_with=None)
    with pytest.raises(Refused) as ended:
        actor_for("t")
    assert ended.value.code == "device_ended"


def test_undone_the_phones_are_as_they_were(ground):
    alice = Phone(ALICE).pull()
    before = {table: set(rows) for table, rows in alice.rows.items()}
    made = do(wanted(one=(ground.one, "梧桐"), two=(ground.two, "银杏")))
    alice.who = now(ALICE)
    alice.pull()
    with acting(CAROL):
        undo(by=CAROL, regridding=made)
    quiet()
    alice.who = now(ALICE)
    page = alice.pull().answers[0]
    assert not page["full"] and [g["code"] for g in page["grids"]] == [GRID]
    assert {table: set(rows) for table, rows in alice.rows.items()} == before


WISH = st.tuples(st.integers(0, 3), st.sampled_from(["001", "002", "003", "004", "007", "梧桐", "银杏"]))
DEED = st.one_of(st.lists(WISH, min_size=1, max_size=4), st.just("undo"), st.just("pull"), st.just("record"),
                 st.just("merge"))


@given(st.lists(DEED, min_size=3, max_size=10))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_sequence_nothing_is_lost_twice_or_misplaced(ground, deeds):
    phones = [Phone(now(who)).pull() for who in (ALICE, CAROL, FRANK)]
    for nth, deed in enumerate(deeds):
        with suppress(Refused):
            _deed(ground, phones, deed, nth)
    assert misplaced() == 0
    with acting(system_actor()):
        assert coverage.counters_equal_recount(ground.campaign.id)
        assert Task.objects.filter(campaign=ground.campaign).count() == 9
    for phone in phones:
        phone.who = actor_with_id(phone.who.id)
        assert phone.pull().rows == Phone(phone.who).pull().rows


def _deed(ground: Ground, phones: list[Phone], deed: object, nth: int) -> None:
    if deed == "pull":
        phone = phones[nth % 3]
        phone.who = now(phone.who)
        phone.pull()
    elif deed == "record":
        worker = now(ALICE)
        with acting(worker):
            accept([saw(task, "met") for task in Task.objects.order_by("id")[nth % 4:nth % 4 + 1]], by=worker)
    elif deed == "undo":
        with acting(DAVE):
            if last := Regridding.objects.filter(state="done").order_by("-done_at").first():
                undo(by=DAVE, regridding=last)
    elif deed == "merge":
        grids = list(Grid.objects.filter(until=None, code__lt=(HONGQIAO + 1) * 1000, code__gte=HONGQIAO * 1000))
        do(merged([grids[0].code], grids[-1].code), by=DAVE)
    else:
        buildings = [ground.one, ground.two, ground.next, ground.away]
        do(wanted(**{f"b{n}": (buildings[n], target) for n, target in deed}), by=DAVE)
