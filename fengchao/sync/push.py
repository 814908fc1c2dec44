"""What phones send: any number of operations, in any order, any number of times, each taken or refused for itself.

All of a message is one transaction. The quick way treats its records as one set and spends no savepoint on them; only
when the database itself objects to something is the message undone and done again carefully, one operation at a time.
What is refused is held for the secretary in the same transaction.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import uniform
from time import sleep
from typing import Any

from django.db import DataError, IntegrityError, OperationalError, transaction
from psycopg.errors import DeadlockDetected, SerializationFailure

from fengchao.accounts.late import with_late
from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.audit import write_one
from fengchao.base.errors import Refused
from fengchao.base.scope import acting
from fengchao.work.actions import accept
from fengchao.work.observation import Observation

from .actions import Refusal, carry_out, hold, home
from .operations import Op, RecordOp, key_of, parse_all, type_of

TRIES = 5
WRONG_CLOCK = timedelta(hours=1)
FURTHEST_TRY = timedelta(days=60)
Verdict = tuple[str, Refused | None]
log = logging.getLogger("fengchao.sync")


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one operation. status: accepted, repeated, conflict, refused."""

    key: str
    status: str
    refused: Refused | None = None

    def as_sent(self) -> dict[str, str]:
        told = {"id": self.key, "status": self.status}
        return told | {"code": self.refused.code, "message": self.refused.message} if self.refused else told


def push(raws: Sequence[Any], *, by: Actor, device_time: datetime | None = None, purpose: str = "") -> list[Answer]:
    """The answers, in the order of the operations. Opens its own transaction, and again after a deadlock."""
    ops = parse_all(list(raws))
    careful = late = False
    for last in (False,) * (TRIES - 1) + (True,):
        try:
            with acting(by, purpose=purpose):
                answers = _take(raws, ops, by, device_time, careful=careful)
                if not late:
                    _look_further(answers, by)
                return answers
        except MovedOn as moved:
            by, late, careful = moved.actor, True, False
        except OperationalError as error:
            if last or not isinstance(error.__cause__, DeadlockDetected | SerializationFailure):
                raise
            sleep(uniform(0.01, 0.1))
        except (Refused, DataError, IntegrityError) as error:
            if careful:
                raise
            log.info("a message is taken one by one: %s", type(error).__name__)
            careful = True
    raise AssertionError("the last try returns or raises")


MAY_HAVE_MOVED = {"not_found", "not_allowed", "id_taken"}


class MovedOn(Exception):
    """A door that was not found has gone to another grid, maybe while this was waiting for it: taken once more, by the
    same person with what left them (see accounts.late)."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor


def _look_further(answers: list[Answer], by: Actor) -> None:
    if any(a.refused and a.refused.code in MAY_HAVE_MOVED for a in answers) and (late := with_late(by)) is not by:
        raise MovedOn(late)


def _take(raws: Sequence[Any], ops: list[Op | Refused], by: Actor, device_time: datetime | None, *,
          careful: bool) -> list[Answer]:
    records = {i: op for i, op in enumerate(ops) if isinstance(op, RecordOp)}
    verdicts = {i: _alone(op, by) for i, op in enumerate(ops) if i not in records}
    verdicts |= _records(records, by, careful=careful)
    answers = [Answer(key_of(raw), *verdicts[i]) for i, raw in enumerate(raws)]
    pairs = zip(answers, raws, strict=True)
    if refusals := [Refusal(a.key, type_of(raw), raw, a.refused) for a, raw in pairs if a.refused]:
        hold(by=by, refusals=refusals)
    _note_clock(device_time, by)
    return answers


def _alone(op: Op | Refused, by: Actor) -> Verdict:
    """An operation other than a record: few come, so each has a savepoint."""
    if isinstance(op, Refused):
        return "refused", op
    return _guarded(op, lambda: (carry_out(by=by, op=op), None))


def _records(ops: dict[int, RecordOp], by: Actor, *, careful: bool) -> dict[int, Verdict]:
    if careful:
        return {i: _guarded(op, lambda op=op: _accepted([op], by)[0]) for i, op in ops.items()}
    return dict(zip(ops, _accepted(list(ops.values()), by), strict=True))


def _accepted(ops: list[RecordOp], by: Actor) -> list[Verdict]:
    return [(r.status, r.refused) for r in accept([_observation(op) for op in ops], by=by)] if ops else []


def _guarded(op: Op, deed: Callable[[], Verdict]) -> Verdict:
    try:
        with transaction.atomic():
            return deed()
    except Refused as refused:
        return "refused", refused
    except (DataError, IntegrityError):
        return "refused", Refused("bad_operation", field=op.type)


def _observation(op: RecordOp) -> Observation:
    """The device's time is kept as it claimed it. A next try that lies behind or far off is left to the rule."""
    next_try = op.next_try
    if next_try and not timedelta() < next_try - clock.now() < FURTHEST_TRY:
        next_try = None
    return Observation(op.id, op.task, op.outcome, op.base_version, op.answers, op.note, op.at, next_try, op.supersedes)


def _note_clock(device_time: datetime | None, by: Actor) -> None:
    """A clock that is off decides nothing; the office sees on its page whose phone to set right."""
    if device_time is None or by.device_id is None:
        return
    off = device_time - clock.now()
    if abs(off) > WRONG_CLOCK:
        write_one("clock_off", by.device_id, by=by, grid=home(by), seconds=round(off.total_seconds()))
