"""Who acts: a user with the duties that are in force today."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from fengchao.base import clock
from fengchao.base.actor import Actor, Grant

from .models import Duty, User
from .roles import ROLES


def in_force(day: date | None = None) -> Q:
    day = day or clock.today()
    return Q(ended__isnull=True, since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


def duties_of(user: User, day: date | None = None) -> QuerySet[Duty]:
    return Duty.objects.filter(in_force(day), user=user)


def actor_of(user: User, *, device_id: UUID | None = None, address: str = "") -> Actor:
    """The actor a user is now. Without a duty in force it sees and may nothing."""
    grants = tuple(
        Grant(duty.role, ROLES[duty.role].permissions, duty.area, duty.building)
        for duty in duties_of(user)
    )
    return Actor(id=user.id, name=user.name, grants=grants, device_id=device_id, address=address)


def actor_with_id(id: UUID) -> Actor:
    """For a job begun by somebody: the duties they have now, none if their account was closed meanwhile."""
    user = User.objects.get(id=id)
    return actor_of(user) if user.is_active else Actor(id=user.id, name=user.name)


def names_of(users: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of those who serve; residents are not among them."""
    ids = {user for user in users if user}
    return dict(User.objects.filter(id__in=ids).values_list("id", "name")) if ids else {}
