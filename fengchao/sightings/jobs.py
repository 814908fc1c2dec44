"""Lists are long, the register changes all day, and what has expired goes at night."""

from datetime import date
from typing import Any
from uuid import UUID

from fengchao.base.actor import Actor, system_actor
from fengchao.base.jobs import Report, job, periodic

from . import actions


@job("sightings.hold_list")
def hold_list(by: Actor, report: Report, *, run: str, write: bool, purpose: str = "", seen_on: str = "",
              expires: str = "") -> dict[str, Any]:
    return actions.hold_list(by=by, run=UUID(run), write=write, purpose=purpose, seen_on=_day(seen_on),
                             expires=_day(expires), report=report)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@periodic("sightings.refresh", "*/5 * * * *")
def refresh() -> None:
    actions.refresh_changed(by=system_actor())


@periodic("sightings.forget", "50 3 * * *")
def forget() -> None:
    actions.forget_expired(by=system_actor())
