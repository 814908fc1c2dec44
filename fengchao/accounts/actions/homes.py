"""Where an account belongs goes along when a place gets another number or a grid is divided: it decides who looks after
the account, and nobody would. A home is one place: of several, the smallest that holds them all."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from fengchao.areas.actions.grounds import followed, renumbered
from fengchao.areas.actions.overlays import remember
from fengchao.areas.models import Regridding
from fengchao.areas.national.standing import Shift
from fengchao.areas.plans import Plan
from fengchao.base.actor import Actor
from fengchao.base.audit import Deed, write
from fengchao.base.places import COUNTRY, UNITS, Area

from ..models import User

HOMES = """SELECT g.id, count(*) FROM national_gone g JOIN accounts_user t ON t.home_lo = g.lo AND t.home_hi = g.hi
GROUP BY 1"""


def follow_homes(regridding: Regridding, by: Actor) -> None:
    left = {step.was for step in Plan.of(regridding.plan).steps}
    near = Q(home_lo__lte=max(left, default=0), home_hi__gt=min(left, default=0))
    if moved := _follow(near, followed(regridding), by):
        remember(regridding, homes=moved)


def unfollow_homes(regridding: Regridding, by: Actor) -> None:
    """Of whoever is still where it put them."""
    for lo, hi, to_lo, to_hi, users in regridding.before.get("homes", ()):
        _lay(User.objects.filter(id__in=users, home_lo=to_lo, home_hi=to_hi), Area(lo, hi), by)


def bare_homes(shifts: Iterable[Shift], by: Actor, regridding: UUID | None) -> None:
    """Of places without any grid, which no re-gridding is about."""
    where = renumbered(shifts) if regridding is None else {}
    _follow(Q(home_lo__in=[area.lo for area in where]), where.get, by)


def _follow(near: Q, where: Callable[[Area], tuple[Area, ...] | None], by: Actor) -> list[list[object]]:
    """Returns what they were, what they are, and whose."""
    moved: list[list[object]] = []
    for lo, hi in User.objects.filter(near).order_by("home_lo", "home_hi").values_list("home_lo", "home_hi").distinct():
        was, parts = Area(lo, hi), where(Area(lo, hi))
        if parts and not any(part.covers(was) for part in parts):
            now = _around(parts)
            users = _lay(User.objects.filter(home_lo=lo, home_hi=hi), now, by)
            moved.append([lo, hi, now.lo, now.hi, [str(user) for user in users]])
    return moved


def _lay(users: QuerySet[User], home: Area, by: Actor) -> list[UUID]:
    ids = list(users.values_list("id", flat=True))
    User.objects.filter(id__in=ids).update(home_lo=home.lo, home_hi=home.hi)
    write((Deed("home_shifted", id_, home.lo) for id_ in ids), by=by)
    return ids


def _around(parts: tuple[Area, ...]) -> Area:
    """The smallest place of the tree that holds them all."""
    lo, last = parts[0].lo, parts[-1].hi - 1
    unit = next((unit for unit in reversed(UNITS) if lo // unit == last // unit), None)
    return Area(lo // unit * unit, (lo // unit + 1) * unit) if unit else COUNTRY
