"""Whose task it is: given by the office, claimed at the door, handed over whole."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import F, Q

from fengchao.accounts.models import Duty
from fengchao.accounts.queries import in_force
from fengchao.base.actor import Actor
from fengchao.base.audit import Deed, write, write_one
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission

from ..models import AS_ONE, AWAY, CLOSED, Campaign, Task

LIMIT = 5000  # tasks in one call: more is a hand-over of the grid


def assign(*, by: Actor, tasks: Sequence[UUID], to: UUID | None) -> int:
    """Gives open tasks to a worker, or back to the whole team with None. Returns how many changed."""
    if len(tasks) > LIMIT:
        raise Refused("too_large")
    rows = list(Task.objects.select_for_update().filter(id__in=tasks, state=Task.State.OPEN).order_by("id"))
    if len(rows) != len(set(tasks)):
        raise Refused("not_found")
    for grid in {row.grid for row in rows}:
        by.require(Permission.ASSIGN, grid)
        _must_work_in(to, grid)
    changed = Task.objects.filter(id__in=tasks).update(assigned_to=to, claimed_by=None)
    write((Deed("assign", row.id, row.grid, {"to": to}) for row in rows), by=by)
    return changed


def hand_over(*, by: Actor, campaign: Campaign, grid: int, to: UUID | None, only_from: UUID | None = None) -> int:
    """Every open task of a grid goes to `to`, or only those that were `only_from`'s."""
    by.require(Permission.ASSIGN, grid)
    _must_work_in(to, grid)
    tasks = Task.objects.filter(campaign=campaign, grid=grid, state=Task.State.OPEN)
    if only_from:
        tasks = tasks.filter(Q(assigned_to=only_from) | Q(claimed_by=only_from))
    changed = tasks.update(assigned_to=to, claimed_by=None)
    write_one("hand_over", campaign.id, by=by, grid=grid, to=to, only_from=only_from, tasks=changed)
    return changed


def _must_work_in(user: UUID | None, grid: int, day: date | None = None) -> None:
    if user and not Duty.objects.filter(in_force(day), user_id=user, lo__lte=grid, hi__gt=grid).exists():
        raise Refused("worker_not_here")


def claim(*, by: Actor, task: UUID) -> None:
    """I go there now: shown to the team, so that nobody knocks twice. A second claim by another is refused."""
    row = _open_task(task, by)
    if row.claimed_by not in (None, by.id):
        raise Refused("already_claimed")
    _set_claim(row, by.id)
    write_one("claim", task, by=by, grid=row.grid)


def release(*, by: Actor, task: UUID) -> None:
    row = _open_task(task, by)
    if row.claimed_by not in (None, by.id):
        raise Refused("already_claimed")
    _set_claim(row, None)
    write_one("release", task, by=by, grid=row.grid)


def _open_task(task: UUID, by: Actor) -> Task:
    row = Task.objects.select_for_update().filter(id=task).first()
    if row is None:
        raise Refused("not_found")
    by.require(Permission.RECORD, row.grid)
    return row


def _set_claim(row: Task, user: UUID | None) -> None:
    Task.objects.filter(id=row.id).update(claimed_by=user)


def exclude(*, by: Actor, tasks: Sequence[UUID], reason: str) -> int:
    """Takes tasks out of the denominator, for a reason that stands beside them for everybody to read."""
    if not reason.strip():
        raise Refused("required", field="原因")
    return _move(by=by, tasks=tasks, was=Task.State.OPEN, state=Task.State.EXCLUDED, reason=reason.strip()[:40])


def include(*, by: Actor, tasks: Sequence[UUID]) -> int:
    """Undoes `exclude`. What has left the area of its campaign comes back by moving back, who was merged by undoing."""
    if Task.objects.filter(id__in=tasks, excluded__in=AWAY).exists():
        raise Refused("door_left")
    if Task.objects.filter(id__in=tasks, excluded__in=AS_ONE).exists():
        raise Refused("counts_once")
    if Task.objects.filter(id__in=tasks, excluded=CLOSED).exists():
        raise Refused("premises_closed")
    return _move(by=by, tasks=tasks, was=Task.State.EXCLUDED, state=Task.State.OPEN, reason="")


def _move(*, by: Actor, tasks: Sequence[UUID], was: int, state: int, reason: str) -> int:
    if len(tasks) > LIMIT:
        raise Refused("too_large")
    rows = list(Task.objects.select_for_update().filter(id__in=tasks, state=was).order_by("id"))
    if len(rows) != len(set(tasks)):
        raise Refused("not_found")
    for grid in {row.grid for row in rows}:
        by.require(Permission.ASSIGN, grid)
    changed = Task.objects.filter(id__in=tasks).update(state=state, excluded=reason, version=F("version") + 1)
    write((Deed("exclude" if reason else "include", row.id, row.grid, {"reason": reason}) for row in rows), by=by)
    return changed
