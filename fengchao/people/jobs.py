"""The register's long actions."""

from typing import Any
from uuid import UUID

from fengchao.base.actor import Actor
from fengchao.base.jobs import Report, job, periodic

from .importing.actions import forget_old, try_or_write
from .importing.models import PREMISES


@job("people.import")
def import_run(by: Actor, report: Report, *, run: str, write: bool) -> dict[str, Any]:
    return try_or_write(by=by, run=UUID(run), write=write, report=report).counts


@job("people.import_premises")
def import_premises_run(by: Actor, report: Report, *, run: str, write: bool) -> dict[str, Any]:
    return try_or_write(by=by, run=UUID(run), write=write, report=report, target=PREMISES).counts


@periodic("people.forget_uploads", "40 3 * * *")
def forget_uploads() -> None:
    forget_old()
