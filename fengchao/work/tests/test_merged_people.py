"""Two rows of the register turn out to be one person: in every campaign they are one, and two when they are not."""

from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fengchao.areas.tests.regridding import Ground, lay
from fengchao.base.actor import system_actor
from fengchao.base.errors import Refused
from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.people.actions import add_tag, merge_people, undo_merge
from fengchao.people.models import Merge, Person
from fengchao.testing import CAROL, DAVE, NEXT_GRID, browser
from fengchao.work.actions import accept, close, create_tasks, include
from fengchao.work.models import Campaign, SignOff, Task

from .conftest import saw
from .test_moving_people import HERE, THERE, check, figures, move, signed, somebody, stands, task_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(db) -> Ground:
    return lay()


def merge(keep: Person, gone: Person) -> Merge:
    with acting(DAVE):
        return merge_people(by=DAVE, keep=keep.id, gone=gone.id)


def undo(merge: Merge) -> None:
    with acting(DAVE):
        undo_merge(by=DAVE, merge=merge.id)


def reach(campaign: Campaign, person: Person) -> None:
    with acting(DAVE):
        accept([saw(task_of(campaign, person), "met")], by=DAVE)


def state(campaign: Campaign, person: Person) -> tuple[int, str]:
    task = task_of(campaign, person)
    return task.state, task.excluded


OPEN, DONE, NOT_COUNTED, DONE_NOT_COUNTED = (0, ""), (1, ""), (2, "merged"), (2, "merged_done")


def test_whoever_vanished_is_not_to_be_reached_any_more_and_is_again_when_it_is_undone(ground):
    campaign, kept, gone = check(HERE, CAROL), somebody(ground.one), somebody(ground.next)
    merged = merge(kept, gone)
    assert (state(campaign, kept), state(campaign, gone)) == (OPEN, NOT_COUNTED) and figures(campaign) == (0, 8, 1)
    with acting(CAROL):
        assert "同一个人" in browser(CAROL).get(f"/doors/{task_of(campaign, gone).id}").content.decode()
        deeds = AuditEntry.objects.filter(object=str(task_of(campaign, gone).id))
        assert [(entry.action, entry.detail) for entry in deeds] == [("exclude", {"reason": "merged"})]
    undo(merged)
    assert (state(campaign, kept), state(campaign, gone)) == (OPEN, OPEN) and figures(campaign) == (0, 9, 0)


def test_whoever_was_reached_as_one_of_the_two_is_not_knocked_at_again_as_the_other(ground):
    campaign, kept, gone = check(HERE, CAROL), somebody(ground.one), somebody(ground.next)
    reach(campaign, gone)
    merged = merge(kept, gone)
    assert (state(campaign, kept), state(campaign, gone)) == (NOT_COUNTED, DONE) and figures(campaign) == (1, 7, 1)
    undo(merged)
    assert (state(campaign, kept), state(campaign, gone)) == (OPEN, DONE)


def test_reached_as_both_they_are_one_who_was_reached(ground):
    campaign, kept, gone = check(HERE, CAROL), somebody(ground.one), somebody(ground.next)
    reach(campaign, kept), reach(campaign, gone)
    merged = merge(kept, gone)
    assert (state(campaign, kept), state(campaign, gone)) == (DONE, DONE_NOT_COUNTED)
    assert figures(campaign) == (1, 7, 1)
    undo(merged)
    assert figures(campaign) == (2, 7, 0)


def test_three_are_one_in_whatever_order_it_is_found_out_and_taken_back(ground):
    campaign = check(HERE, CAROL)
    first, second, third = somebody(ground.one), somebody(ground.two), somebody(ground.next)
    reach(campaign, third)
    one = merge(second, third)
    two = merge(first, second)
    assert [state(campaign, p) for p in (first, second, third)] == [NOT_COUNTED, NOT_COUNTED, DONE]
    assert figures(campaign) == (1, 6, 2)
    undo(one)
    assert [state(campaign, p) for p in (first, second, third)] == [OPEN, NOT_COUNTED, DONE]
    undo(two)
    assert figures(campaign) == (1, 8, 0)


def test_whoever_lives_outside_the_campaign_is_not_looked_for_at_the_door_of_the_row_that_vanished(ground):
    here, there, kept, gone = check(HERE, CAROL), check(THERE, DAVE), somebody(ground.away), somebody(ground.one)
    merged = merge(kept, gone)
    assert (figures(here), figures(there)) == ((0, 8, 1), (0, 3, 0))
    undo(merged)
    assert (figures(here), figures(there)) == ((0, 9, 0), (0, 3, 0))


def test_nobody_is_missed_because_the_reason_to_see_them_stood_in_the_row_that_vanished(ground):
    kept, gone = somebody(ground.one), somebody(ground.next)
    with acting(CAROL):
        add_tag(by=CAROL, person=gone.id, code="over_80")
    campaign = check(HERE, CAROL, where={"tags": ["over_80"]})
    merge(kept, gone)
    assert (state(campaign, kept), state(campaign, gone)) == (OPEN, NOT_COUNTED)
    assert figures(campaign) == (0, 1, 1)


def test_what_is_counted_once_is_not_counted_again_by_hand_or_by_the_job(ground):
    campaign, kept, gone = check(HERE, CAROL), somebody(ground.one), somebody(ground.next)
    merge(kept, gone)
    with acting(CAROL):
        with pytest.raises(Refused, match="counts_once"):
            include(by=CAROL, tasks=[task_of(campaign, gone).id])
        list(create_tasks(by=CAROL, campaign=campaign))
    assert figures(campaign) == (0, 8, 1)


def test_whoever_moved_while_they_were_one_is_to_be_reached_where_they_live_when_they_are_two(ground):
    campaign, kept, gone = check(HERE, CAROL), somebody(ground.one), somebody(ground.next)
    reach(campaign, gone)
    merged = merge(kept, gone)
    move(kept, ground.next)
    undo(merged)
    assert (task_of(campaign, kept).grid, state(campaign, kept)) == (NEXT_GRID, OPEN)
    assert figures(campaign) == (1, 8, 0)


def test_a_signature_falls_when_somebody_there_is_to_be_reached_after_all(ground):
    campaign, kept, gone = check(HERE, CAROL), somebody(ground.one), somebody(ground.next)
    merged = merge(kept, gone)
    with acting(CAROL):
        accept([saw(t, "met") for t in Task.objects.filter(campaign=campaign, grid=NEXT_GRID, state=0)], by=CAROL)
    row: SignOff = signed(campaign)
    assert stands(row)
    undo(merged)
    assert not stands(row)


def test_a_campaign_that_is_over_says_what_it_said(ground):
    campaign, kept, gone = check(HERE, CAROL), somebody(ground.one), somebody(ground.next)
    with acting(CAROL):
        close(by=CAROL, campaign=campaign.id)
    merge(kept, gone)
    assert figures(campaign) == (0, 9, 0)


def test_of_several_campaigns_each_counts_them_once(ground):
    wide, here = check(Area.of(350181005), DAVE), check(HERE, CAROL)
    merge(somebody(ground.away), somebody(ground.one))
    assert (figures(wide), figures(here)) == ((0, 11, 1), (0, 8, 1))


DEEDS = st.sampled_from(["merge", "merge", "undo", "undo", "move", "reach"])


@given(st.lists(st.tuples(DEEDS, st.integers(0, 5), st.integers(0, 5)), min_size=3, max_size=12))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_merged_taken_back_moved_and_reached_everybody_counts_once(ground, deeds):
    with transaction.atomic():
        campaign = check(HERE, CAROL)
        with acting(system_actor()):
            people = list(Person.objects.filter(grid__gte=HERE.lo, grid__lt=HERE.hi).order_by("id")[:6])
        merges: list[Merge] = []
        for deed, n, other in deeds:
            with suppress(Refused), transaction.atomic():  # merged already, undone already: nothing is changed
                if deed == "merge":
                    merges.append(merge(people[n], people[other]))
                elif deed == "undo" and merges:
                    undo(merges.pop(n % len(merges)))
                elif deed == "move":
                    move(people[n], (ground.one, ground.next, ground.away)[other % 3])
                elif deed == "reach":
                    reach(campaign, people[n])
            done, remaining, _ = figures(campaign)
            assert done + remaining == _persons(campaign)
        transaction.set_rollback(True)


def _persons(campaign: Campaign) -> int:
    """How many people the tasks that count are about, whichever of their rows they name."""
    with acting(system_actor()):
        into = dict(Person.objects.values_list("id", "merged_into_id"))
        counted = list(Task.objects.filter(campaign=campaign).exclude(state=2).values_list("person_id", flat=True))

    def one(person):
        return one(into[person]) if into[person] else person

    return len({one(person) for person in counted})
