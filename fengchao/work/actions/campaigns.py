"""A campaign is declared, its tasks are made, overdue ones go up, and it ends."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.audit import write_one
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission
from fengchao.base.places import Area
from fengchao.packs import base_pack

from ..kinds import all_kinds, kind
from ..models import Campaign, Form, Task
from ..subjects import COLUMNS, INSERT, select

CHUNK = 20_000  # doors made in one statement: a few seconds of work between two steps of the progress bar
ESCALATE_AT_ONCE = 10_000
MASKED = ("hukou",)  # conditions on what is not shown without a reason: that it was asked for stands in the trail


def declare(*, by: Actor, name: str, kind_code: str, purpose: str, basis: str, area: Area, deadline: datetime,
            expires: date, subject: str = Campaign.Subject.DWELLING, where: dict[str, Any] | None = None,
            form: Form | None = None, overlay: UUID | None = None) -> Campaign:
    """A campaign without its tasks yet: see `create_tasks`. A power without purpose, basis and end is refused.

    Of an overlay it keeps the ground: drawn anew, the overlay is another, and what was declared is what was declared.
    """
    by.require(Permission.DECLARE, area)
    kind(kind_code)
    select(subject, where or {}, area.lo, area.hi)
    for field, value in (("名称", name), ("目的", purpose), ("法律依据", basis)):
        if not value.strip():
            raise Refused("required", field=field)
    require_end(deadline, expires)
    campaign = Campaign.objects.create(
        name=name.strip(), kind=kind_code, purpose=purpose.strip(), basis=basis.strip(), declared_by=by.id,
        declared_name=by.name, lo=area.lo, hi=area.hi, subject=subject, where=where or {}, form=form,
        ground=area.parts if len(area.parts) > 1 else None, overlay=overlay,
        deadline=deadline, expires=expires,
    )
    masked = {key: value for key, value in campaign.where.items() if key in MASKED}
    write_one("declare", campaign.id, by=by, grid=area.lo, kind=kind_code, basis=basis, lo=area.lo, hi=area.hi,
              **masked)
    return campaign


def require_end(deadline: datetime, expires: date) -> None:
    """A power ends by itself, and what it gathered goes: as soon as the pack says at the latest."""
    now, pack = clock.now().astimezone(clock.CHINA), base_pack()
    if deadline <= now:
        raise Refused("bad_dates")
    if deadline > (latest := now + timedelta(days=pack.campaign_days)):
        raise Refused("deadline_far", day=latest.date().isoformat())
    last = deadline.astimezone(clock.CHINA).date()
    if expires < last:
        raise Refused("bad_dates")
    if expires > (kept := last + timedelta(days=pack.retention_days)):
        raise Refused("expires_far", day=kept.isoformat())


def create_tasks(*, by: Actor, campaign: Campaign) -> Iterator[tuple[int, int]]:
    """Makes the missing tasks, chunk by chunk, yielding (rows looked at, rows in all), and opens the campaign.

    Safe to repeat: only what was written to the register since the last time is looked at, so that a new door, or
    somebody who has become one of those it is about, gets a task within minutes; existing tasks stay.
    """
    by.require(Permission.DECLARE, campaign.area)
    safe = _asked("SELECT fc_tx_safe()")
    chunks = _chunks(campaign)
    total, done = sum(rows for _, _, rows in chunks), 0
    for lo, hi, rows in chunks:
        make_tasks(campaign, lo, hi)
        done += rows
        yield done, total
    Campaign.objects.filter(id=campaign.id).update(made_tx=safe)
    Campaign.objects.filter(id=campaign.id, state=Campaign.State.PREPARING).update(state=Campaign.State.RUNNING)
    if total:
        write_one("create_tasks", campaign.id, by=by, grid=campaign.lo, looked_at=total)


def _asked(question: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


TABLES = {"dwelling": "people_dwelling", "person": "people_person", "premises": "people_premises",
          "sighting": "sightings_sighting"}
CHANGED = "SELECT grid, count(*) FROM {} WHERE grid >= %s AND grid < %s AND tx >= %s GROUP BY 1 ORDER BY 1"


def _chunks(campaign: Campaign) -> list[tuple[int, int, int]]:
    """Ranges of whole grids with about CHUNK rows to look at in each."""
    return [chunk for part in campaign.area.parts for chunk in _chunks_of(campaign, part)]


def _chunks_of(campaign: Campaign, part: Area) -> list[tuple[int, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(CHANGED.format(TABLES[campaign.subject]), [part.lo, part.hi, campaign.made_tx])
        grids = cursor.fetchall()
    chunks: list[tuple[int, int, int]] = []
    for grid, doors in grids:
        if chunks and chunks[-1][2] + doors <= CHUNK:
            chunks[-1] = (chunks[-1][0], grid + 1, chunks[-1][2] + doors)
        else:
            chunks.append((grid, grid + 1, doors))
    return chunks


def make_tasks(campaign: Campaign, lo: int, hi: int, *, written_here: bool = False) -> None:
    """Of what the register says of lo..hi since the last time, or only of what this transaction wrote."""
    since = _asked("SELECT fc_tx()") if written_here else campaign.made_tx
    subjects, params = select(campaign.subject, campaign.where, lo, hi, since=since)
    first = kind(campaign.kind).rules.escalate_hours[:1]
    escalate_at = campaign.deadline + timedelta(hours=first[0]) if first else None
    with connection.cursor() as cursor:
        cursor.execute(INSERT.format(subjects=subjects, columns=COLUMNS),
                       [campaign.id, campaign.deadline, escalate_at, *params])


# The next level and when it begins are the rule's; the job only asks which tasks have come to it.
ESCALATE = """UPDATE work_task t SET level = t.level + 1,
 escalate_at = t.due + make_interval(hours => (%s::int[])[t.level + 2])
WHERE t.id IN (SELECT t.id FROM work_task t JOIN work_campaign c ON c.id = t.campaign_id
  WHERE t.state = 0 AND t.escalate_at <= now() AND c.kind = %s AND c.state = %s
  ORDER BY t.escalate_at LIMIT %s FOR UPDATE OF t SKIP LOCKED)"""


def escalate(*, by: Actor) -> int:
    """Raises overdue open tasks to the level their rule names. Returns how many; call again until none."""
    raised = 0
    for each in all_kinds():
        hours = list(each.rules.escalate_hours)
        with connection.cursor() as cursor:
            cursor.execute(ESCALATE, [hours, each.rules.code, Campaign.State.RUNNING, ESCALATE_AT_ONCE])
            raised += cursor.rowcount
    if raised:
        write_one("escalate", "work", by=by, tasks=raised)
    return raised


def close(*, by: Actor, campaign: UUID) -> None:
    """Ends a campaign: nothing more is accepted, its figures stay, its personal data go when it expires."""
    row = Campaign.objects.select_for_update().filter(id=campaign).first()
    if row is None:
        raise Refused("not_found")
    by.require(Permission.DECLARE, row.area)
    if row.state != Campaign.State.RUNNING:
        raise Refused("not_running")
    Campaign.objects.filter(id=campaign).update(state=Campaign.State.CLOSED, closed=clock.now())
    remaining = Task.objects.filter(campaign=row, state=Task.State.OPEN).count()
    write_one("close", campaign, by=by, grid=row.lo, remaining=remaining)
