"""Which emergency accesses there are: one's own, and those one must know of."""

from uuid import UUID

from django.db.models import Q, QuerySet

from fengchao import packs
from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.models import AuditEntry
from fengchao.base.permissions import Permission
from fengchao.base.sql import run

from .models import EmergencyAccess

ANY_WAITING = "SELECT 1 FROM accounts_emergencyaccess WHERE reviewed IS NULL AND by <> %s LIMIT 1"


def own(by: Actor) -> QuerySet[EmergencyAccess]:
    mine = EmergencyAccess.objects.order_by("-begun")
    return mine.filter(by=by.id) if by.id else mine.none()


def live_of(by: Actor) -> EmergencyAccess | None:
    """What somebody has open now; there is never more than one."""
    return own(by).filter(ended__isnull=True, expires__gt=clock.now()).first()


def answered_for(by: Actor) -> QuerySet[EmergencyAccess]:
    """Those in the places `by` answers for, the newest first."""
    inside = Q(pk__in=[])
    for area in by.areas(Permission.REVIEW_EMERGENCY):
        inside |= Q(lo__gte=area.lo, hi__lte=area.hi)
    return EmergencyAccess.objects.filter(inside).order_by("-begun")


def waiting(by: Actor) -> list[EmergencyAccess]:
    """What must be told on every page until somebody has judged it; nobody judges their own."""
    if by.id is None or not by.may_anywhere(Permission.REVIEW_EMERGENCY):
        return []
    if not run(ANY_WAITING, [by.id]).fetchone():  # nearly always: a page need not build the long question
        return []
    return list(answered_for(by).filter(reviewed__isnull=True).exclude(by=by.id)[:5])


def visible(by: Actor, id: UUID) -> EmergencyAccess:
    """One's own, or one in a place one answers for. Raises Refused "not_found" for any other."""
    found = own(by).filter(id=id).first() or answered_for(by).filter(id=id).first()
    if found is None:
        raise Refused("not_found")
    return found


def looks(access: EmergencyAccess) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(action="emergency_look", object=str(access.id)).order_by("id")


def reason_words(access: EmergencyAccess) -> str:
    return str(packs.base_pack().emergency_reasons.get(access.reason, access.reason))
