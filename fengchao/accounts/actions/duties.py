"""Giving and ending duties. Scope follows at once, in pages and on phones: it is read from here at every request."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models.functions import Now

from fengchao.base import audit, clock
from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.places import Area

from ..endings import with_duty
from ..gate import has_second_factor
from ..models import Duty, User
from ..queries import duties_of
from ..roles import ROLES
from ..rules import require_fitting, require_giver, require_other
from .sessions import end_all


def give_duty(*, by: Actor, user: User, role: str, area: Area, since: date | None = None, until: date | None = None,
              building: UUID | None = None) -> Duty:
    if role not in ROLES:
        raise Refused("not_found")
    require_giver(by, ROLES[role], area)
    require_other(by, user)
    require_fitting(ROLES[role], area, building)
    since = since or clock.today()
    if until is not None and until < max(since, clock.today()):
        raise Refused("dates_wrong")
    clock.require_near(since)
    if not user.is_active:
        raise Refused("user_inactive")
    if duties_of(user, since).filter(role=role, lo=area.lo, hi=area.hi, building=building).exists():
        raise Refused("duty_exists")
    duty = Duty.objects.create(user=user, role=role, lo=area.lo, hi=area.hi, building=building,
                               since=since, until=until)
    if role in settings.SECOND_FACTOR_ROLES and not has_second_factor(user):
        end_all(user, by=by)  # signs in again, and is asked for it
    audit.write_one("duty_given", duty.id, by=by, grid=area.lo, role=role, user=user.id, until=until)
    return duty


def end_duty(*, by: Actor, duty: Duty) -> None:
    """At once. The row stays: who answered for a grid in April is a question of May."""
    require_giver(by, ROLES[duty.role], duty.area)
    require_other(by, duty.user)
    if not Duty.objects.filter(id=duty.id, ended__isnull=True).update(ended=Now()):
        raise Refused("duty_ended")
    for end in with_duty:
        end(by, [duty.user_id])
    audit.write_one("duty_ended", duty.id, by=by, grid=duty.lo, role=duty.role, user=duty.user_id)
