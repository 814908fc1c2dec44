"""Who acts: a user with the duties that are in force today."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from fengchao.base import clock
from fengchao.base.actor import Actor, Grant
from fengchao.base.places import Area

from .models import Duty, User
from .roles import ROLES


def in_force(day: date | None = None) -> Q:
    day = day or clock.today()
    return Q(ended__isnull=True, since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


# The same for statements of our own, about duties `y`; and what is asked of them, for `grants_of`.
IN_FORCE = "y.ended IS NULL AND y.since <= %(today)s AND (y.until IS NULL OR y.until >= %(today)s)"
DUTIES = "array_agg(y.role), array_agg(y.lo), array_agg(y.hi), array_agg(y.building)"
Column = list[Any] | None  # of DUTIES; None where nobody has a duty


def grants_of(roles: Column, los: Column, his: Column, buildings: Column) -> tuple[Grant, ...]:
    """What duties give, from their columns."""
    return tuple(Grant(role, ROLES[role].permissions, Area(lo, hi), building) for role, lo, hi, building
                 in zip(roles or (), los or (), his or (), buildings or (), strict=True))


def duties_of(user: User, day: date | None = None) -> QuerySet[Duty]:
    return Duty.objects.filter(in_force(day), user=user)


def actor_of(user: User, *, device_id: UUID | None = None, address: str = "") -> Actor:
    """The actor a user is now. Without a duty in force it sees and may nothing."""
    grants = user.granted
    if grants is None:  # not the user of a session
        grants = tuple(Grant(d.role, ROLES[d.role].permissions, d.area, d.building) for d in duties_of(user))
    return Actor(id=user.id, name=user.name, grants=grants, device_id=device_id, address=address)


def actor_with_id(id: UUID) -> Actor:
    """For a job begun by somebody: the duties they have now, none if their account was closed meanwhile."""
    user = User.objects.get(id=id)
    return actor_of(user) if user.is_active else Actor(id=user.id, name=user.name)


def names_of(users: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of those who serve; residents are not among them."""
    ids = {user for user in users if user}
    return dict(User.objects.filter(id__in=ids).values_list("id", "name")) if ids else {}
