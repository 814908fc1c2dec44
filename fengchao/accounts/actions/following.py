"""Duties go with the grids: called by a re-gridding, in its transaction (see apps.py)."""

from django.db.models import F
from django.db.models.functions import Now

from fengchao.areas.models import Regridding
from fengchao.areas.plans import Plan
from fengchao.base import audit, clock
from fengchao.base.actor import Actor
from fengchao.base.audit import Deed

from ..following import following
from ..models import Duty


def follow(regridding: Regridding, by: Actor) -> None:
    """As proposed, but for what whoever confirmed decided against (`choices["declined"]`)."""
    plan = Plan.of(regridding.plan)
    found = following(plan, regridding.figures["flows"], regridding.choices.get("declined", ()))
    given = [Duty(user=f.duty.user, role=f.duty.role, lo=f.becomes, hi=f.becomes + 1, building=f.duty.building,
                  since=max(f.duty.since, clock.today()), until=f.duty.until, came_with=regridding.id)
             for f in found.follows]
    Duty.objects.bulk_create(given)
    Duty.objects.filter(id__in=[d.id for d in found.ending]).update(ended=Now(), went_with=regridding.id)
    audit.write([*(Deed("duty_given", d.id, d.lo, {"role": d.role, "user": str(d.user_id)}) for d in given),
                 *(Deed("duty_ended", d.id, d.lo, {"role": d.role, "user": str(d.user_id)}) for d in found.ending)],
                by=by)


def unfollow(regridding: Regridding, by: Actor) -> None:
    """What ended with it is in force again, what was given with it ends, unless somebody has ended it since."""
    back = Duty.objects.filter(went_with=regridding.id)
    ids = list(back.values_list("id", "lo", "role"))
    back.update(ended=None, went_with=None)
    gone = Duty.objects.filter(came_with=regridding.id, ended=None)
    ended = list(gone.values_list("id", "lo", "role"))
    gone.update(ended=Now(), went_with=F("came_with"))
    audit.write([*(Deed("duty_given", id_, lo, {"role": role}) for id_, lo, role in ids),
                 *(Deed("duty_ended", id_, lo, {"role": role}) for id_, lo, role in ended)], by=by)
