"""A small Hongqiao: one building of six doors in Alice's grid, one in the next grid, one in Frank's community."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

import pytest

from fengchao import packs
from fengchao.base import clock
from fengchao.base.actor import system_actor
from fengchao.base.ids import uuid7
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.people.actions import add_building
from fengchao.people.actions.places import door_label, walk
from fengchao.people.models import Building, Dwelling
from fengchao.testing import CAROL, ELSEWHERE, GRID, HONGQIAO, NEXT_GRID
from fengchao.work.actions import create_tasks, declare
from fengchao.work.forms.actions import read_workbook
from fengchao.work.models import Campaign, Form, Task
from fengchao.work.observation import Observation


@dataclass
class Town:
    here: Building
    next: Building
    away: Building


@pytest.fixture
def town(db) -> Town:
    with acting(system_actor()) as system:
        buildings = [add_building(by=system, grid=grid, name=f"{n}号楼", number=str(n), floors=3, seq=n)
                     for n, grid in enumerate((GRID, NEXT_GRID, ELSEWHERE), 1)]
        # At once: one by one they would take longer than most of what is tried on them.
        Dwelling.objects.bulk_create(door(building, floor, f"{floor}{room}") for building in buildings
                                     for floor in (1, 2, 3) for room in ("01", "02"))
    return Town(*buildings)


def door(building: Building, floor: int, room: str) -> Dwelling:
    """As `people.actions.add_dwelling` makes it."""
    return Dwelling(grid=building.grid, building=building, entrance="1", floor=floor, room=room,
                    label=door_label(building, "1", room), walk=walk("1", floor, room))


@pytest.fixture
def campaign(town: Town) -> Campaign:
    """Carol's canvass of her whole community: twelve doors."""
    with acting(CAROL):
        row = declare(by=CAROL, name="敲门行动", kind_code="verify_visit", purpose="核对住户", basis="突发事件应对法",
                      area=Area.of(HONGQIAO), deadline=clock.now() + timedelta(days=3),
                      expires=clock.today() + timedelta(days=90))
        list(create_tasks(by=CAROL, campaign=row))
        row.refresh_from_db()
    return row


@pytest.fixture
def doors(campaign: Campaign) -> list[Task]:
    """Alice's six tasks in walking order."""
    with acting(CAROL):
        return list(Task.objects.filter(campaign=campaign, grid=GRID).order_by("place"))


def pack_form(code: str) -> Form:
    """One questionnaire of the packs, as `add_form` keeps it."""
    workbook, said = _converted(code)
    return Form.objects.create(version=1, workbook=workbook, **said)


@cache
def _converted(code: str) -> tuple[bytes, dict[str, Any]]:
    """Once for all tests: it takes longer than most of them."""
    (path,) = (path for path in packs.form_workbooks() if path.stem == code)
    said = read_workbook(path.read_bytes(), version=1)
    return path.read_bytes(), {key: said[key] for key in said.keys() - {"problems"}}


def saw(task: Task, outcome: str, **more) -> Observation:
    values = {"id": uuid7(), "base_version": task.version, "answers": {}} | more
    return Observation(task=task.id, outcome=outcome, **values)


def past_deadline(campaign: Campaign) -> None:
    """An hour after it was to be done; nothing has gone up yet."""
    hour = timedelta(hours=1)
    with acting(system_actor()):
        Campaign.objects.filter(id=campaign.id).update(starts=clock.now() - 2 * hour, deadline=clock.now() - hour)
        Task.objects.filter(campaign=campaign).update(due=clock.now() - hour)
