"""What a record does to its task: a pure rule, the same for one record and for a batch.

Offline, two people may knock at one door. Nothing is dropped: every record is kept, and one made without knowing of
somebody else's is marked. Soft: both can be true (nobody home at nine, met at six). Hard: both close the door with
different words; the first one stands until somebody decides by a superseding record.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from fengchao.base.errors import Refused
from fengchao.packs import KindRules, Outcome

from .models import Record, Task

OPEN, DONE, EXCLUDED = Task.State.OPEN, Task.State.DONE, Task.State.EXCLUDED
NONE, SOFT, HARD = Record.Conflict.NONE, Record.Conflict.SOFT, Record.Conflict.HARD


@dataclass(frozen=True, slots=True)
class Observation:
    """What somebody states about a task. `id` was made on the device; `base_version` is the task they saw."""

    id: UUID
    task: UUID
    outcome: str
    base_version: int
    answers: dict[str, object]
    note: str = ""
    device_at: datetime | None = None
    next_try: datetime | None = None
    supersedes: UUID | None = None


class TaskNow(NamedTuple):
    """What the rule needs of a task, as the locked row says. A tuple: it is made anew for every record of a batch."""

    id: UUID
    grid: int
    campaign: UUID
    building: UUID | None
    dwelling: UUID | None
    kind: str
    running: bool
    state: int
    outcome: str
    attempts: int
    version: int
    next_try: datetime | None
    last_by: UUID | None
    form: UUID | None = None


def observe(task: TaskNow, seen: Observation, rules: KindRules, *, by: UUID | None,
            now: datetime) -> tuple[TaskNow, int]:
    """The task after `seen`, and how it conflicts. Raises Refused when it cannot be a record of this task at all."""
    outcome = rules.outcome(seen.outcome)
    if outcome is None or outcome.by_system:
        raise Refused("unknown_outcome", outcome=seen.outcome[:20])
    if not task.running:
        raise Refused("campaign_closed")
    version = task.version + 1
    if outcome.reopens:
        if seen.supersedes is None:
            raise Refused("withdraws_nothing")
        return task._replace(version=version, last_by=by, state=OPEN, outcome="",
                       attempts=max(0, task.attempts - 1), next_try=None), NONE
    if task.state == EXCLUDED:
        return task._replace(version=version, last_by=by), SOFT
    attempts = task.attempts + (1 if outcome.attempt and seen.supersedes is None else 0)
    unaware = task.version > seen.base_version and task.last_by not in (None, by)
    if unaware and task.state == DONE and seen.supersedes is None:
        hard = outcome.closes and seen.outcome != task.outcome  # both close the door, in different words
        return task._replace(version=version, last_by=by, attempts=attempts), HARD if hard else SOFT
    closes = outcome.closes or _closes_by_repetition(task, outcome, attempts)
    late = task.state == DONE and not closes and task.version > seen.base_version
    if late and seen.supersedes is None:  # one's own earlier visit, in after the one that closed
        return task._replace(version=version, last_by=by, attempts=attempts), NONE
    after = task._replace(
        version=version,
        last_by=by,
        state=DONE if closes else OPEN,
        outcome=seen.outcome,
        attempts=attempts,
        next_try=None if closes else seen.next_try or next_visit(rules, outcome, now),
    )
    return after, SOFT if unaware else NONE


def _closes_by_repetition(task: TaskNow, outcome: Outcome, attempts: int) -> bool:
    """A second refusal is respected: the same answer again, at the attempt the rule names or later."""
    return bool(outcome.closes_at) and task.outcome == outcome.code and attempts >= outcome.closes_at


def next_visit(rules: KindRules, outcome: Outcome, now: datetime) -> datetime:
    """When to knock again: not before the rule's hours have passed, then at the next hour people are likely home."""
    earliest = now + timedelta(hours=outcome.retry_hours or rules.retry_hours)
    hour = earliest.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    waits = [(best - hour.hour) % 24 for best in rules.best_hours]
    return hour + timedelta(hours=min(waits)) if waits else earliest
