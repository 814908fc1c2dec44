"""Records arrive once, whatever the order, the repeats and the quarrels."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from fengchao.base import clock
from fengchao.base.ids import uuid7
from fengchao.base.models import AuditEntry
from fengchao.base.scope import acting
from fengchao.base.sql import run, uuid_array
from fengchao.people.models import Dwelling
from fengchao.testing import ALICE, BOB, CAROL, ERIN, FRANK, GRID
from fengchao.work.actions import accept, close, exclude
from fengchao.work.actions.accept import KNOWN
from fengchao.work.coverage import counters_equal_recount
from fengchao.work.models import Record, Task

from .conftest import saw


def push(who, *observations):
    with acting(who):
        return [(r.status, r.refused.code if r.refused else "") for r in accept(observations, by=who)]


def test_a_door_that_was_opened_is_done_and_its_dwelling_lived_in(doors):
    assert push(ALICE, saw(doors[0], "met", note="老人一人在家")) == [("accepted", "")]
    with acting(ALICE):
        task = Task.objects.get(id=doors[0].id)
        assert (task.state, task.outcome, task.attempts, task.version) == (Task.State.DONE, "met", 1, 2)
        assert Dwelling.objects.get(id=task.dwelling_id).state == "occupied"
        assert Record.objects.get().by == ALICE.id
        trail = AuditEntry.objects.get(action="record", actor=ALICE.id, grid=GRID)
        assert trail.detail["records"] == {str(task.record): bytes(Record.objects.get().digest).hex()}
        assert counters_equal_recount(task.campaign_id)


def test_nobody_home_stays_on_the_list_with_a_next_try_at_an_hour_people_are_in(doors):
    push(ALICE, saw(doors[0], "nobody_home"))
    with acting(ALICE):
        task = Task.objects.get(id=doors[0].id)
    assert (task.state, task.attempts) == (Task.State.OPEN, 1)
    assert task.next_try > clock.now() + timedelta(hours=3)
    assert task.next_try.astimezone(clock.CHINA).hour in (10, 12, 18, 19, 20)


def test_a_second_refusal_is_respected(doors):
    push(ALICE, saw(doors[0], "refused"))
    push(ALICE, saw(doors[0], "refused", base_version=2))
    with acting(ALICE):
        assert Task.objects.get(id=doors[0].id).state == Task.State.DONE


def test_the_same_upload_again_changes_nothing(doors):
    seen = [saw(task, "met") for task in doors]
    assert push(ALICE, *seen) == [("accepted", "")] * 6
    assert push(ALICE, *reversed(seen)) == [("repeated", "")] * 6
    with acting(CAROL):
        assert Record.objects.count() == 6
        assert counters_equal_recount(doors[0].campaign_id)


def test_another_record_under_a_used_id_is_refused(doors):
    first = saw(doors[0], "met")
    push(ALICE, first)
    assert push(ALICE, saw(doors[1], "vacant", id=first.id)) == [("refused", "id_taken")]
    assert push(BOB, first) == [("refused", "id_taken")]


def test_an_upload_whose_answer_was_lost_is_acknowledged_after_the_duty_has_moved(doors):
    seen = saw(doors[0], "met")
    push(ALICE, seen)
    assert push(replace(ALICE, grants=FRANK.grants), seen) == [("repeated", "")]


def test_records_are_found_by_their_ids_also_by_somebody_who_has_none(doors):
    """With them the plan is made that everybody after them gets."""
    used = "SELECT pg_stat_get_xact_numscans('work_record_pkey'::regclass), "\
           "pg_stat_get_xact_numscans('record_grid_at'::regclass)"
    with acting(FRANK), connection.cursor() as cursor:
        cursor.execute("DISCARD PLANS; SET LOCAL enable_bitmapscan = off")
        before = cursor.execute(used).fetchone()
        run(KNOWN, [uuid_array(uuid7() for _ in range(10))]).fetchall()
        by_id, by_grid = (now - was for was, now in zip(before, cursor.execute(used).fetchone(), strict=True))
        assert by_id and not by_grid


def test_a_day_of_one_worker_offline_is_no_conflict(doors):
    morning = clock.now() - timedelta(hours=9)
    evening = morning + timedelta(hours=8)
    seen = [saw(doors[0], "met", device_at=evening), saw(doors[0], "nobody_home", device_at=morning)]
    assert push(ALICE, *seen) == [("accepted", "")] * 2
    with acting(ALICE):
        assert Task.objects.get(id=doors[0].id).outcome == "met"


def test_an_earlier_visit_that_comes_in_late_does_not_reopen_the_door(doors):
    push(ALICE, saw(doors[0], "met"))
    assert push(ALICE, saw(doors[0], "nobody_home")) == [("accepted", "")]
    with acting(ALICE):
        task = Task.objects.get(id=doors[0].id)
        assert (task.state, task.outcome, task.attempts) == (Task.State.DONE, "met", 2)


def test_two_workers_who_say_different_things_are_both_kept_and_the_first_stands(doors):
    push(ALICE, saw(doors[0], "met"))
    assert push(BOB, saw(doors[0], "vacant")) == [("conflict", "")]
    with acting(CAROL):
        assert Task.objects.get(id=doors[0].id).outcome == "met"
        assert Record.objects.get(outcome="vacant").conflict == Record.Conflict.HARD


def test_nobody_home_after_somebody_else_met_them_is_only_marked(doors):
    push(ALICE, saw(doors[0], "met"))
    assert push(BOB, saw(doors[0], "nobody_home")) == [("conflict", "")]
    with acting(CAROL):
        task = Task.objects.get(id=doors[0].id)
        assert (task.state, task.outcome, task.attempts) == (Task.State.DONE, "met", 2)
        assert Record.objects.get(outcome="nobody_home").conflict == Record.Conflict.SOFT


def test_a_correction_supersedes_and_a_withdrawal_reopens(doors):
    wrong = saw(doors[0], "vacant")
    push(ALICE, wrong)
    push(ALICE, saw(doors[0], "met", base_version=2, supersedes=wrong.id))
    with acting(ALICE):
        task = Task.objects.get(id=doors[0].id)
        assert (task.outcome, task.attempts) == ("met", 1)
    push(ALICE, saw(doors[0], "withdrawn", base_version=3, supersedes=wrong.id))
    with acting(ALICE):
        task = Task.objects.get(id=doors[0].id)
        assert (task.state, task.outcome, task.attempts) == (Task.State.OPEN, "", 0)
        assert Record.objects.count() == 3


@pytest.mark.parametrize(("who", "code"), [(FRANK, "not_found"), (ERIN, "not_allowed")])
def test_an_outsider_and_an_inspector_record_nothing(doors, who, code):
    assert push(who, saw(doors[0], "met")) == [("refused", code)]
    with acting(CAROL):
        assert not Record.objects.exists()


def test_one_bad_record_does_not_spoil_the_others(doors):
    statuses = push(ALICE, saw(doors[0], "met"), saw(doors[1], "flew away"), saw(doors[2], "withdrawn"),
                    saw(doors[3], "vacant"))
    assert statuses == [("accepted", ""), ("refused", "unknown_outcome"), ("refused", "withdraws_nothing"),
                        ("accepted", "")]


def test_an_excluded_door_keeps_its_reason_though_somebody_knocked(doors):
    with acting(CAROL):
        exclude(by=CAROL, tasks=[doors[0].id], reason="拆迁")
    assert push(ALICE, saw(doors[0], "met")) == [("conflict", "")]
    with acting(CAROL):
        assert Task.objects.get(id=doors[0].id).state == Task.State.EXCLUDED


def test_a_closed_campaign_takes_nothing_more(campaign, doors):
    with acting(CAROL):
        close(by=CAROL, campaign=campaign.id)
    assert push(ALICE, saw(doors[0], "met")) == [("refused", "campaign_closed")]
