"""Which emergency accesses there are: one's own, and those one must know of."""

from uuid import UUID

from django.db.models import BigIntegerField, Exists, Func, OuterRef, Q, QuerySet

from fengchao import packs
from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.models import AuditEntry
from fengchao.base.permissions import Permission
from fengchao.base.places import Area
from fengchao.base.sql import run

from ..models import Duty
from ..queries import in_force
from ..roles import ROLES
from .models import EmergencyAccess

ANSWERING = [code for code, role in ROLES.items() if Permission.REVIEW_EMERGENCY in role.permissions]
ABOVE = [code for code, role in ROLES.items() if Permission.MANAGE_USERS in role.permissions]
END = Func(Func(OuterRef("ground"), function="range_merge"), function="upper", output_field=BigIntegerField())
ANSWERED = Duty.objects.filter(~Q(user=OuterRef("by")), role__in=ANSWERING, user__is_active=True,
                               lo__lte=OuterRef("grid"), hi__gte=END)
ANY_WAITING = "SELECT 1 FROM accounts_emergencyaccess WHERE reviewed IS NULL AND by <> %s LIMIT 1"


def own(by: Actor) -> QuerySet[EmergencyAccess]:
    return EmergencyAccess.objects.filter(by=by.id) if by.id else EmergencyAccess.objects.none()


def told_of(area: Area, but: UUID | None) -> list[Duty]:
    """The duties of whoever is told of what is looked at there by `but`: those who answer for all of it or, where there
    is nobody, those above them who give the duties. Empty where there is nobody at all."""
    duties = Duty.objects.filter(in_force(), lo__lte=area.lo, hi__gte=area.hi, user__is_active=True)
    duties = duties.exclude(user=but).select_related("user").order_by("-lo", "hi", "id")
    return list(duties.filter(role__in=ANSWERING)) or list(duties.filter(role__in=ABOVE))


def answered_for(by: Actor) -> QuerySet[EmergencyAccess]:
    """Those in the places `by` answers for, or gives the duties in while nobody does: whoever is told may judge."""
    mine = Q(ground__inside=by.areas(Permission.REVIEW_EMERGENCY))
    if by.may_anywhere(Permission.MANAGE_USERS):
        mine |= ~Exists(ANSWERED.filter(in_force())) & Q(ground__inside=by.areas(Permission.MANAGE_USERS))
    return EmergencyAccess.objects.filter(mine)


def answers(by: Actor, access: EmergencyAccess) -> bool:
    return answered_for(by).filter(id=access.id).exists()


def openings(rows: QuerySet[EmergencyAccess]) -> QuerySet[EmergencyAccess]:
    """One row for what was opened together and judged together, or not yet; the newest first."""
    return rows.order_by("-begun", "opening", "reviewed_by", "grid").distinct("begun", "opening", "reviewed_by")


def together(access: EmergencyAccess, by: Actor) -> QuerySet[EmergencyAccess]:
    """What was opened with it, as far as `by` has a word in it."""
    return (own(by) if by.id == access.by else answered_for(by)).filter(opening=access.opening)


def live_of(by: Actor) -> list[EmergencyAccess]:
    """What somebody has open now, community by community; it is never more than one opening."""
    begun = own(by).filter(ended__isnull=True, expires__gt=clock.now()).order_by("grid")
    return [row for row in begun if row.live]


def may_be_told(by: Actor) -> bool:
    return by.may_anywhere(Permission.REVIEW_EMERGENCY) or by.may_anywhere(Permission.MANAGE_USERS)


def waiting(by: Actor) -> list[EmergencyAccess]:
    """What must be told on every page until somebody has judged it; nobody judges their own."""
    if by.id is None or not may_be_told(by):
        return []
    if not run(ANY_WAITING, [by.id]).fetchone():  # nearly always: a page need not build the long question
        return []
    return list(openings(answered_for(by).filter(reviewed__isnull=True).exclude(by=by.id))[:5])


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
