"""The kinds of task there are: rules from the packs, and what follows from an outcome.

An operation registers its kinds at start (AppConfig.ready); `work` calls what it was given and imports no operation.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.packs import KindRules
from fengchao.people.actions import set_dwelling_states

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


SEEN = {"met": "occupied", "by_phone": "occupied", "refused": "occupied", "vacant": "vacant"}


def doors(accepted: Sequence[Accepted], by: Actor) -> None:
    """The follow-up of every visit: what was seen at the door becomes the state of the dwelling."""
    states = {a.task.dwelling: SEEN[a.seen.outcome] for a in accepted if a.task.dwelling and a.seen.outcome in SEEN}
    if states:
        set_dwelling_states(by=by, states=states)
