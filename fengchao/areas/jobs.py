"""Re-griddings that are large, those whose day has come, and what a transaction wrote under the old number at the very
moment of one."""

import logging
from uuid import UUID

from fengchao.base import clock, jobs
from fengchao.base.actor import Actor, system_actor
from fengchao.base.errors import Refused
from fengchao.base.jobs import Report, job, periodic
from fengchao.base.scope import acting

from . import actions
from .models import Regridding

log = logging.getLogger("fengchao.areas")


@job("areas.regridding")
def perform(by: Actor, report: Report, *, regridding: str, deed: str) -> dict[str, int]:
    """A large one, or its undoing: what takes longer than a person waits."""
    row = Regridding.objects.filter(id=UUID(regridding)).first()
    if row is None:
        raise Refused("not_found")
    {"now": actions.carry_out, "undo": actions.undo}[deed](by=by, regridding=row, report=report)
    return {}


@periodic("areas.regrid", "*/5 * * * *")
def regrid() -> None:
    """In the name of whoever gave them their day, with the duties that person has now. One that no longer fits stays
    planned and says why on its page."""
    due = Regridding.objects.filter(state=Regridding.State.PLANNED, day__lte=clock.today(), problem={})
    for row in due.order_by("day", "id"):
        try:
            who = jobs.find_actor(row.by) if jobs.find_actor and row.by else system_actor()
            with acting(who):
                actions.carry_out(by=who, regridding=row)
        except Refused as refused:
            log.warning("re-gridding %s was not carried out: %s", row.id, refused.code)
            actions.note_problem(by=system_actor(), regridding=row, refused=refused)


@periodic("areas.settle", "* * * * *")
def settle() -> None:
    actions.settle(by=system_actor())
