"""Whose phone it is: their duties, the team they share doors with, and until when the phone may hold anything."""

from datetime import UTC, datetime, time, timedelta

from django.db.models import F, Q

from fengchao.accounts.models import Duty, User
from fengchao.accounts.queries import in_force
from fengchao.accounts.roles import ROLES
from fengchao.areas.models import Grid
from fengchao.areas.queries import names
from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.permissions import Permission

from .reach import Reach

RECORDERS = [code for code, role in ROLES.items() if Permission.RECORD in role.permissions]
KEPT = timedelta(days=3)  # without a pull: long enough for a weekend without a network
COMMUNITY = 1000  # grid codes: who works a wider area is no team mate


def grids(reach: Reach) -> tuple[list[dict[str, object]], list[int]]:
    """Those in force, and the codes of those that ended so lately that a phone may still show them."""
    if not reach.everywhere:
        return [], []
    inside = Q()
    for area in reach.everywhere:
        inside |= Q(code__gte=area.lo, code__lt=area.hi)
    today = clock.today()
    lately = Q(until=None) | Q(until__gte=today - KEPT - timedelta(days=1))
    rows = list(Grid.objects.filter(inside, lately, since__lte=today).order_by("code").values("code", "name", "until"))
    ended = [row["code"] for row in rows if (until := row.pop("until")) and until < today]
    return [row for row in rows if row["code"] not in ended], ended


def me(actor: Actor, reach: Reach) -> dict[str, object]:
    return {"name": actor.name, "duties": duties(actor), "team": team(reach)}


def duties(actor: Actor) -> list[dict[str, object]]:
    rows = list(Duty.objects.filter(in_force(), user_id=actor.id).order_by("lo", "role"))
    codes = {row.id: row.area.code or row.lo for row in rows}
    called = names(codes.values())
    return [{"role": row.role, "area": codes[row.id], "area_name": called[codes[row.id]], "until": row.until}
            for row in rows]


def team(reach: Reach) -> list[dict[str, object]]:
    """Everybody who records at the same doors, so that a claimed door has a name."""
    shared = Q()
    for area in reach.everywhere:
        shared |= Q(lo__lt=area.hi, hi__gt=area.lo)
    if not shared:
        return []
    near = Duty.objects.filter(in_force(), shared, role__in=RECORDERS, hi__lte=F("lo") + COMMUNITY)
    return list(User.objects.filter(is_active=True, id__in=near.values("user")).order_by("id").values("id", "name"))


def expires_at(actor: Actor) -> datetime:
    """The end of the last duty's last day, if that comes first."""
    latest = clock.now() + KEPT
    until = list(Duty.objects.filter(in_force(), user_id=actor.id).values_list("until", flat=True))
    if not until or None in until:
        return latest
    return min(latest, datetime.combine(max(until) + timedelta(days=1), time(), clock.CHINA).astimezone(UTC))
