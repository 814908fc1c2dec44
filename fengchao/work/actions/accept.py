"""Records arrive: once each, in any order, in batches, and everything that follows from them in one transaction.

The way of a batch: lock its tasks in id order, leave out what is known already, fold each record into its task
(work.observation), then one insert, one update, the follow-ups and one line of audit each. The number of statements
does not depend on the number of records.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import orjson

from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.audit import Deed
from fengchao.base.audit import write as write_audit
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission
from fengchao.base.sql import rows, run, together, uuid_array

from ..forms import check_answers
from ..kinds import Accepted, kind
from ..models import Campaign
from ..observation import NONE, Observation, TaskNow, observe

LOCK = """SELECT t.id, t.grid, t.campaign_id, t.building_id, t.dwelling_id, c.kind, c.state = %s, t.state, t.outcome,
 t.attempts, t.version, t.next_try, t.last_by, c.form_id
FROM work_task t JOIN work_campaign c ON c.id = t.campaign_id WHERE t.id = ANY (%s::uuid[])
ORDER BY t.id FOR UPDATE OF t"""

KNOWN = "SELECT id, digest, by FROM fc_known_records(%s::uuid[])"

# Rows travel as one JSON document: a statement of fixed text, and no array of the driver's to spell out.
INSERT = """INSERT INTO work_record (id, grid, campaign_id, task_id, building_id, outcome, answers, note, device_at,
 supersedes, conflict, digest, by, device, at)
SELECT r.id, r.grid, r.campaign, r.task, r.building, r.outcome, r.answers, r.note, r.device_at, r.supersedes,
 r.conflict, decode(r.digest, 'hex'), %s, %s, now()
FROM json_to_recordset(%s::json) AS r (id uuid, grid bigint, campaign uuid, task uuid, building uuid, outcome text,
 answers jsonb, note text, device_at timestamptz, supersedes uuid, conflict smallint, digest text)
ON CONFLICT (id) DO NOTHING"""

UPDATE = """UPDATE work_task t SET state = u.state, outcome = u.outcome, attempts = u.attempts, version = u.version,
 next_try = u.next_try, last_by = %s, last_at = now(), record = u.record
FROM json_to_recordset(%s::json) AS u (id uuid, state smallint, outcome text, attempts smallint, version int,
 next_try timestamptz, record uuid) WHERE t.id = u.id"""


Known = tuple[bytes, UUID | None]  # what a record stated, and who


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
    digest: bytes  # over what was stated, which `seen` may keep only in part


def accept(observations: Sequence[Observation], *, by: Actor) -> list[Result]:
    """Stores what can be stored and says of each observation what became of it, in the order given.

    Raises Refused "id_taken" when an id stands in a place the actor may not see; nothing is stored then.
    """
    tasks, known = _lock({o.task for o in observations}, [o.id for o in observations])
    allowed = {grid for grid in {t.grid for t in tasks.values()} if by.may(Permission.RECORD, grid)}
    results: dict[int, Result] = {}
    stored: list[_Stored] = []
    now = clock.now().astimezone(clock.CHINA)
    order = sorted(range(len(observations)), key=lambda i: (observations[i].device_at or now, observations[i].id))
    for i in order:
        seen = observations[i]
        mark = digest(seen)
        if seen.id in known:
            same = known[seen.id] == (mark, by.id)
            results[i] = Result(seen.id, "repeated") if same else Result(seen.id, "refused", Refused("id_taken"))
            continue
        try:
            task, conflict = _one(tasks.get(seen.task), seen, allowed, by, now)
            seen = replace(seen, answers=_answers(task, seen)) if seen.answers else seen
        except Refused as refused:
            results[i] = Result(seen.id, "refused", refused)
            continue
        tasks[seen.task] = task
        known[seen.id] = (mark, by.id)
        stored.append(_Stored(seen, task, conflict, mark))
        results[i] = Result(seen.id, "accepted" if conflict == NONE else "conflict")
    if stored:
        _write(stored, tasks, by)
    return [results[i] for i in range(len(observations))]


def _one(task: TaskNow | None, seen: Observation, allowed: set[int], by: Actor,
         now: datetime) -> tuple[TaskNow, int]:
    if task is None:
        raise Refused("not_found")
    if task.grid not in allowed:
        raise Refused("not_allowed", permission=Permission.RECORD.value)
    return observe(task, seen, kind(task.kind).rules, by=by.id, now=now)


def _answers(task: TaskNow, seen: Observation) -> dict[str, object]:
    """The answers to keep, asked of the campaign's form once more: a phone may be old, or not ours."""
    if task.form is None:
        return seen.answers
    kept, problems = check_answers(task.form, seen.answers)
    if problems:
        raise Refused("bad_answers", count=len(problems), first=problems[0].sentence)
    return kept


def digest(seen: Observation) -> bytes:
    """16 bytes over what was stated, so that a repeat is told from another record under the same id."""
    content = [seen.task, seen.outcome, seen.answers, seen.note, seen.device_at, seen.supersedes]
    return sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).digest()[:16]


def _lock(tasks: set[UUID], records: list[UUID]) -> tuple[dict[UUID, TaskNow], dict[UUID, Known]]:
    """The tasks, locked, and which of the records are here already. That is asked after the tasks are locked, so that
    of identical uploads at the same moment all but one find it."""
    with together():
        locked = run(LOCK, [Campaign.State.RUNNING, uuid_array(tasks)])
        here = run(KNOWN, [uuid_array(records)])
    return {row[0]: TaskNow(*row) for row in locked}, {id_: (bytes(known), by) for id_, known, by in here}


def _write(stored: list[_Stored], tasks: dict[UUID, TaskNow], by: Actor) -> None:
    last = {s.task.id: s.seen.id for s in stored}  # the latest record of each task stands in it
    with together():
        inserted = run(INSERT, [by.id, by.device_id, rows(map(_record_row, stored))])
        run(UPDATE, [by.id, rows(_task_row(tasks[id_], record) for id_, record in last.items())])
        write_audit(_deeds(stored), by=by)
    if inserted.rowcount != len(stored):
        raise Refused("id_taken")
    _follow_up(stored, by)


def _follow_up(stored: list[_Stored], by: Actor) -> None:
    per_kind: dict[str, list[Accepted]] = {}
    for s in stored:
        if s.conflict == NONE:
            per_kind.setdefault(s.task.kind, []).append(Accepted(s.task, s.seen))
    for code, accepted in per_kind.items():
        if follow_up := kind(code).follow_up:
            follow_up(accepted, by)


def _record_row(s: _Stored) -> dict[str, object]:
    seen, task = s.seen, s.task
    return {"id": seen.id, "grid": task.grid, "campaign": task.campaign, "task": task.id, "building": task.building,
            "outcome": seen.outcome, "answers": seen.answers, "note": seen.note, "device_at": seen.device_at,
            "supersedes": seen.supersedes, "conflict": s.conflict, "digest": s.digest.hex()}


def _task_row(task: TaskNow, record: UUID) -> dict[str, object]:
    return {"id": task.id, "state": task.state, "outcome": task.outcome, "attempts": task.attempts,
            "version": task.version, "next_try": task.next_try, "record": record}


def _deeds(stored: list[_Stored]) -> list[Deed]:
    """One line a grid, naming every record with its digest: the sealed trail vouches for what each one said."""
    per_grid: dict[int, dict[str, str]] = {}
    for s in stored:
        per_grid.setdefault(s.task.grid, {})[str(s.seen.id)] = s.digest.hex()
    return [Deed("record", next(iter(records)), grid, {"records": records}) for grid, records in per_grid.items()]
