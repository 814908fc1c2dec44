"""When a door is worth a visit, as the phone is told."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection

from fengchao import packs
from fengchao.base import clock
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.testing import ALICE, CAROL, HONGQIAO
from fengchao.work.actions import accept, close, create_tasks, declare
from fengchao.work.models import OF_THE_DOOR, Task

from ..best_hour import DOOR
from .conftest import saw

BEST = packs.kinds()["verify_visit"].best_hours


def at(hour: int) -> datetime:
    """Yesterday, at that hour of the wall clock."""
    return (clock.now().astimezone(clock.CHINA) - timedelta(days=1)).replace(hour=hour, minute=20)


def knocked(door: Task, outcome: str, hour: int) -> None:
    with acting(ALICE):
        door.refresh_from_db()
        accept([saw(door, outcome, device_at=at(hour))], by=ALICE)


def hour_of(phone, door: Task) -> int | None:
    return phone(ALICE).pull().rows["tasks"][str(door.id)]["best_hour"]


def test_a_door_nobody_knows_has_the_first_hour_of_its_pack(doors, phone):
    assert hour_of(phone, doors[0]) == BEST[0]


def test_an_hour_tried_in_vain_gives_way_to_the_next(doors, phone):
    knocked(doors[0], "nobody_home", BEST[0])
    assert hour_of(phone, doors[0]) == BEST[1]
    assert hour_of(phone, doors[1]) == BEST[0]


def test_when_every_hour_was_tried_the_first_is_as_good_as_any(doors, phone):
    for hour in BEST:
        knocked(doors[0], "nobody_home", hour)
    assert hour_of(phone, doors[0]) == BEST[0]


def test_a_door_that_is_done_has_none(doors, phone):
    knocked(doors[0], "met", 10)
    assert hour_of(phone, doors[0]) is None


@pytest.mark.parametrize("kind", ["verify_visit", "needs_visit"])
def test_the_hour_they_opened_in_an_ended_campaign_comes_first(kind, doors, phone):
    knocked(doors[0], "met", 15)
    knocked(doors[1], "nobody_home", 16)
    knocked(doors[2], "met", 22)
    with acting(CAROL):
        close(by=CAROL, campaign=doors[0].campaign_id)
        again = declare(by=CAROL, name="再敲一次", kind_code=kind, purpose="核对住户", basis="突发事件应对法",
                        area=Area.of(HONGQIAO), deadline=clock.now() + timedelta(days=3),
                        expires=clock.today() + timedelta(days=90))
        list(create_tasks(by=CAROL, campaign=again))
        first, second, late = (Task.objects.get(campaign=again, dwelling=door.dwelling_id) for door in doors[:3])
    assert hour_of(phone, first) == 15
    assert hour_of(phone, second) == BEST[0]
    assert hour_of(phone, late) == BEST[0]  # nobody is woken because they once opened at ten at night


def test_a_clock_that_runs_ahead_is_not_believed(doors, phone):
    now = clock.now().astimezone(clock.CHINA)
    with acting(ALICE):
        accept([saw(doors[0], "nobody_home", device_at=now + timedelta(hours=5))], by=ALICE)
    tried = now.hour
    assert hour_of(phone, doors[0]) == next(hour for hour in BEST if hour != tried)


def test_what_a_door_answered_before_is_asked_in_the_words_of_the_index_of_doors(db):
    """Without it each door reads the whole campaign: two seconds for a grid that was knocked at often."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_expr(indpred, indrelid) FROM pg_index"
                       " WHERE indexrelid = 'task_once_dwelling'::regclass")
        index = cursor.fetchone()[0]
    asked = OF_THE_DOOR.format("e")
    assert asked in DOOR
    assert re.sub(r"[()]", "", index) == asked.replace("e.", "")
