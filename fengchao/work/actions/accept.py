"""Records arrive: once each, in any order, in batches, and everything that follows from them in one transaction.

The way of a batch: lock its tasks in id order, leave out what is known already, fold each record into its task
(work.observation), then one insert, one update, the follow-ups and one line of audit each. The number of statements
does not depend on the number of records.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

import orjson
from django.db import connection

from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.audit import Deed
from fengchao.base.audit import write as write_audit
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission

from ..kinds import Accepted, kind
from ..models import Campaign
from ..observation import NONE, Observation, TaskNow, observe

LOCK = """SELECT t.id, t.grid, t.campaign_id, t.building_id, t.dwelling_id, c.kind, c.state = %s, t.state, t.outcome,
 t.attempts, t.version, t.level, t.next_try, t.last_by
FROM work_task t JOIN work_campaign c ON c.id = t.campaign_id WHERE t.id = ANY (%s) ORDER BY t.id FOR UPDATE OF t"""

KNOWN = "SELECT id, digest, by FROM work_record WHERE id = ANY (%s)"

INSERT = """INSERT INTO work_record (id, grid, campaign_id, task_id, building_id, outcome, answers, note, device_at,
 supersedes, conflict, digest, by, device, at)
SELECT r.*, %s, %s, now() FROM unnest(%s::uuid[], %s::bigint[], %s::uuid[], %s::uuid[], %s::uuid[], %s::text[],
 %s::jsonb[], %s::text[], %s::timestamptz[], %s::uuid[], %s::smallint[], %s::bytea[]) AS r
ON CONFLICT (id) DO NOTHING"""

UPDATE = """UPDATE work_task t SET state = u.state, outcome = u.outcome, attempts = u.attempts, version = u.version,
 level = u.level, next_try = u.next_try, last_by = %s, last_at = now(), record = u.record,
 escalate_at = CASE WHEN u.state = 0 THEN t.escalate_at END
FROM unnest(%s::uuid[], %s::smallint[], %s::text[], %s::smallint[], %s::int[], %s::smallint[], %s::timestamptz[],
 %s::uuid[]) AS u (id, state, outcome, attempts, version, level, next_try, record) WHERE t.id = u.id"""


@dataclass(frozen=True, slots=True)
class Result:
    """status: accepted, repeated (known already, all is well), conflict (stored and marked) or refused (with why)."""

    id: UUID
    status: str
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class _Stored:
    seen: Observation
    task: TaskNow
    conflict: int


def accept(observations: Sequence[Observation], *, by: Actor) -> list[Result]:
    """Stores what can be stored and says of each observation what became of it, in the order given.

    Raises Refused "id_taken" when an id stands in a place the actor may not see; nothing is stored then.
    """
    tasks = _lock({o.task for o in observations})
    known = _known([o.id for o in observations])
    results: dict[int, Result] = {}
    stored: list[_Stored] = []
    now = clock.now().astimezone(clock.CHINA)
    order = sorted(range(len(observations)), key=lambda i: (observations[i].device_at or now, observations[i].id))
    for i in order:
        seen = observations[i]
        try:
            if seen.id in known:
                results[i] = _repeat(seen, known[seen.id], by)
                continue
            task, conflict = _one(tasks, seen, by, now)
        except Refused as refused:
            results[i] = Result(seen.id, "refused", refused)
            continue
        tasks[seen.task] = task
        known[seen.id] = (digest(seen), by.id)
        stored.append(_Stored(seen, task, conflict))
        results[i] = Result(seen.id, "accepted" if conflict == NONE else "conflict")
    if stored:
        _write(stored, tasks, by)
    return [results[i] for i in range(len(observations))]


def _one(tasks: dict[UUID, TaskNow], seen: Observation, by: Actor, now) -> tuple[TaskNow, int]:
    task = tasks.get(seen.task)
    if task is None:
        raise Refused("not_found")
    by.require(Permission.RECORD, task.grid)
    return observe(task, seen, kind(task.kind).rules, by=by.id, now=now)


def _repeat(seen: Observation, known: tuple[bytes, UUID | None], by: Actor) -> Result:
    if known != (digest(seen), by.id):
        return Result(seen.id, "refused", Refused("id_taken"))
    return Result(seen.id, "repeated")


def digest(seen: Observation) -> bytes:
    """16 bytes over what was stated, so that a repeat is told from another record under the same id."""
    content = [seen.task, seen.outcome, seen.answers, seen.note, seen.device_at, seen.supersedes]
    return sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).digest()[:16]


def _lock(ids: set[UUID]) -> dict[UUID, TaskNow]:
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [Campaign.State.RUNNING, list(ids)])
        return {row[0]: TaskNow(*row) for row in cursor}


def _known(ids: list[UUID]) -> dict[UUID, tuple[bytes, UUID | None]]:
    """Asked after the tasks are locked, so that of identical uploads at the same moment all but one find it here."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [ids])
        return {id_: (bytes(known), by) for id_, known, by in cursor}


def _write(stored: list[_Stored], tasks: dict[UUID, TaskNow], by: Actor) -> None:
    touched = {s.seen.task: s for s in stored}  # the last record of each task stands in it
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [by.id, by.device_id, *_columns([_record_row(s) for s in stored])])
        if cursor.rowcount != len(stored):
            raise Refused("id_taken")
        cursor.execute(UPDATE, [by.id, *_columns([_task_row(tasks[id_], s) for id_, s in touched.items()])])
    _follow_up(stored, by)
    write_audit((_deed(s) for s in stored), by=by)


def _follow_up(stored: list[_Stored], by: Actor) -> None:
    per_kind: dict[str, list[Accepted]] = {}
    for s in stored:
        if s.conflict == NONE:
            per_kind.setdefault(s.task.kind, []).append(Accepted(s.task, s.seen))
    for code, accepted in per_kind.items():
        if follow_up := kind(code).follow_up:
            follow_up(accepted, by)


def _record_row(s: _Stored) -> tuple[object, ...]:
    seen, task = s.seen, s.task
    return (seen.id, task.grid, task.campaign, task.id, task.building, seen.outcome,
            orjson.dumps(seen.answers).decode(), seen.note, seen.device_at, seen.supersedes, s.conflict, digest(seen))


def _task_row(task: TaskNow, s: _Stored) -> tuple[object, ...]:
    return (task.id, task.state, task.outcome, task.attempts, task.version, task.level, task.next_try, s.seen.id)


def _deed(s: _Stored) -> Deed:
    return Deed("record", s.seen.task, s.task.grid, {"outcome": s.seen.outcome, "conflict": s.conflict})


def _columns(rows: list[tuple[object, ...]]) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)]
