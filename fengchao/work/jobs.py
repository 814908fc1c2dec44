"""Work that takes longer than a person waits: making the tasks of a campaign, and sending overdue ones up."""

from uuid import UUID

from fengchao.base import clock
from fengchao.base.actor import Actor, system_actor
from fengchao.base.errors import Refused
from fengchao.base.jobs import Report, job, periodic

from . import actions
from .models import Campaign


@job("work.create_tasks")
def create_tasks(by: Actor, report: Report, *, campaign: str) -> dict[str, int]:
    row = Campaign.objects.filter(id=UUID(campaign)).first()
    if row is None:
        raise Refused("not_found")
    done = 0
    for done, total in actions.create_tasks(by=by, campaign=row):
        report(done, total)
    return {"looked_at": done}


@periodic("work.extend", "*/5 * * * *")
def extend() -> None:
    """New doors, and people who have become one of those a campaign is about, join the campaigns that run."""
    for row in Campaign.objects.filter(state=Campaign.State.RUNNING, deadline__gt=clock.now()):
        for _ in actions.create_tasks(by=system_actor(), campaign=row):
            pass


@periodic("work.settle", "*/5 * * * *")
def settle() -> None:
    """What the register and the sources agree about again needs nobody any more."""
    actions.settle(by=system_actor())


@periodic("work.escalate", "*/5 * * * *")
def escalate() -> None:
    """All that have come to their hour, in portions that do not hold the table for long."""
    while actions.escalate(by=system_actor()):
        pass
