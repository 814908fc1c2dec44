"""Re-griddings whose day has come, and what a transaction wrote under the old number at the very moment of one."""

import logging

from fengchao.base import clock, jobs
from fengchao.base.actor import system_actor
from fengchao.base.errors import Refused
from fengchao.base.jobs import periodic
from fengchao.base.scope import acting

from . import actions
from .models import Regridding

log = logging.getLogger("fengchao.areas")


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
