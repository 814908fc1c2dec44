"""The kinds of task there are: rules from the packs, and what follows from an outcome.

An operation registers its kinds at start (AppConfig.ready); `work` calls what it was given and imports no operation.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.sql import run, uuid_array
from fengchao.packs import KindRules
from fengchao.people.actions import confirm_people, leave_people, set_dwelling_states
from fengchao.sightings.actions import dismiss

from .observation import Observation, TaskNow


@dataclass(frozen=True, slots=True)
class Accepted:
    """A record that was stored, with its task as it is now."""

    task: TaskNow
    seen: Observation


FollowUp = Callable[[Sequence[Accepted], Actor], None]


@dataclass(frozen=True, slots=True)
class Kind:
    rules: KindRules
    follow_up: FollowUp | None = None


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _KINDS[kind.rules.code] = kind


def kind(code: str) -> Kind:
    """Raises Refused "unknown_kind"."""
    if code not in _KINDS:
        raise Refused("unknown_kind", kind=code[:40])
    return _KINDS[code]


def all_kinds() -> list[Kind]:
    return list(_KINDS.values())


NOT_HERE = "not_here"
MET = ("met", "by_phone")
SEEN = {"met": "occupied", "by_phone": "occupied", "refused": "occupied", "vacant": "vacant"}


def doors(accepted: Sequence[Accepted], by: Actor) -> None:
    """The follow-up of every visit: what was seen at the door becomes the state of the dwelling."""
    states = {a.task.dwelling: SEEN[a.seen.outcome] for a in accepted if a.task.dwelling and a.seen.outcome in SEEN}
    if states:
        set_dwelling_states(by=by, states=states)


def persons(accepted: Sequence[Accepted], by: Actor) -> None:
    """Of a check on people: whoever was met has been verified today; whoever does not live here has left."""
    doors(accepted, by)
    if met := _subjects(accepted, MET, "person"):
        confirm_people(by=by, people=met)
    if left := _subjects(accepted, (NOT_HERE,), "person"):
        leave_people(by=by, people=left)


def sighted(accepted: Sequence[Accepted], by: Actor) -> None:
    """Of a check on somebody whom the register does not know: that they do not live here settles it."""
    if strangers := _subjects(accepted, (NOT_HERE,), "sighting"):
        dismiss(by=by, sightings=strangers)


def _subjects(accepted: Sequence[Accepted], outcomes: Sequence[str], column: str) -> list[UUID]:
    """Whom the tasks are about that ended so."""
    tasks = [a.task.id for a in accepted if a.seen.outcome in outcomes]
    return [row[0] for row in run(SUBJECTS[column], [uuid_array(tasks)])] if tasks else []


SUBJECTS = {column: f"SELECT {column}_id FROM work_task WHERE id = ANY (%s::uuid[]) AND {column}_id IS NOT NULL"
            for column in ("person", "sighting")}
FOLLOW_UPS: dict[str, FollowUp] = {"person": persons, "sighting": sighted}


def follow_up_of(rules: KindRules) -> FollowUp:
    """What follows from a visit, by whom it is about."""
    return FOLLOW_UPS.get(rules.subject, doors)
