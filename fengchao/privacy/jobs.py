"""What takes longer than a person waits once a million rows are there: erasing, and taking every hash."""

from typing import Any
from uuid import UUID

from fengchao.base import audit
from fengchao.base.actor import Actor, system_actor
from fengchao.base.errors import Refused
from fengchao.base.jobs import Report, job
from fengchao.base.permissions import Permission
from fengchao.base.scope import acting

from . import actions
from .models import Inventory


@job("privacy.erase")
def erase(by: Actor, report: Report, *, campaign: str) -> dict[str, Any]:
    """One statement of the database: how far it is inside cannot be told, only how much there is."""
    held = Inventory.objects.filter(campaign_id=UUID(campaign)).first()
    report(0, held.counts.get("records", 0) if held else 0)
    made = actions.erase(by=by, campaign=UUID(campaign))
    return {"records": made.records}


@job("privacy.verify")
def verify(by: Actor, report: Report) -> dict[str, Any]:
    """Reads the trail of the whole country: a chain that one can only see a part of cannot be verified."""
    if not by.may_anywhere(Permission.SEE_AUDIT):
        raise Refused("not_allowed", permission=Permission.SEE_AUDIT.value)
    with acting(system_actor()):
        verdict = audit.verify(report)
    return {"whole": verdict.whole, "seals": verdict.seals, "entries": verdict.entries,
            "broken_at": verdict.broken_at}
