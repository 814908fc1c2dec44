"""Whose account somebody may see: those that belong, or have a duty, where they give duties or manage users."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.base.places import Area, union

from .models import Duty, User
from .queries import in_force


def areas_of(by: Actor) -> tuple[Area, ...]:
    return union((*by.areas(P.MANAGE_USERS), *by.areas(P.GIVE_DUTY)))


def visible_users(by: Actor) -> QuerySet[User]:
    areas = areas_of(by)
    if not areas:
        return User.objects.none()
    home, working = Q(), Q()
    for area in areas:
        home |= Q(home_lo__gte=area.lo, home_hi__lte=area.hi)
        working |= Q(lo__gte=area.lo, hi__lte=area.hi)
    at_work = Duty.objects.filter(in_force(), working, user=OuterRef("pk"))
    return User.objects.filter(home | Exists(at_work))


def visible_user(by: Actor, id: UUID) -> User:
    """Raises Refused "not_found" for anybody else's: that they exist is not said."""
    user = visible_users(by).filter(id=id).first()
    if user is None:
        raise Refused("not_found")
    return user


def choosable(by: Actor, text: str) -> list[User]:
    """For giving a duty: those one sees, by any part of a name; a cadre on loan, by the whole username."""
    text = text.strip()
    if not text:
        return []
    seen = visible_users(by).filter(Q(name__icontains=text) | Q(username__icontains=text), is_active=True)
    found = list(seen.exclude(id=by.id).order_by("name", "username")[:20])
    return found or list(User.objects.filter(username=text.lower(), is_active=True).exclude(id=by.id))
