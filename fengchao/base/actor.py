"""Who acts, where, and with which permissions: handed to every write as `by=`."""

import getpass
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

from .errors import Refused
from .permissions import Permission
from .places import COUNTRY, Area, union

SYSTEM = "system"  # what the platform is called where nobody says more


@dataclass(frozen=True, slots=True)
class Grant:
    """One duty in force: these permissions inside this area, or inside these buildings of it only.

    `until`: the moment a temporary one ends (an emergency access); who hands out actors sees to it.
    """

    role: str
    permissions: frozenset[Permission]
    area: Area
    building: UUID | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Actor:
    id: UUID | None
    name: str
    grants: tuple[Grant, ...] = ()
    device_id: UUID | None = None
    address: str = field(default="", compare=False)

    def may(self, permission: Permission, where: int | Area) -> bool:
        """Whether `permission` is held for a grid, or for the whole of an area, range by range.

        A duty for one building does not answer for its grid: what it may touch there the policies decide.
        """
        area = where if isinstance(where, Area) else Area(where, where + 1)
        return all(any(permission in g.permissions and g.area.covers(part) for g in self.grants)
                   for part in area.parts)

    def may_anywhere(self, permission: Permission) -> bool:
        return any(permission in g.permissions for g in self.grants)

    def require(self, permission: Permission, where: int | Area) -> None:
        """Raises Refused "not_allowed" unless `may`."""
        if not self.may(permission, where):
            raise Refused("not_allowed", permission=permission.value)

    def require_second(self, first: UUID | None) -> None:
        """Two people for what one alone must not do: raises Refused "second_person" for whoever did the first step.

        The platform itself, which has no id, is nobody's second person.
        """
        if self.id is None or self.id == first:
            raise Refused("second_person")

    def with_grants(self, *grants: Grant) -> "Actor":
        return replace(self, grants=(*self.grants, *grants))

    def areas(self, permission: Permission) -> tuple[Area, ...]:
        return union(g.area for g in self.grants if permission in g.permissions)

    @cached_property
    def sees_people(self) -> bool:
        return self.may_anywhere(Permission.SEE_PEOPLE)

    @cached_property
    def scope(self) -> tuple[Area, ...]:
        """The grids whose rows the database shows. Somebody who may see people somewhere sees only there,
        so that a second, administrative duty over a wider area does not widen the register."""
        return union(g.area for g in self.grants if self._shows(g))

    @cached_property
    def whole(self) -> tuple[Area, ...]:
        """The grids of the scope that are held whole, not by single buildings."""
        return union(g.area for g in self.grants if g.building is None and self._shows(g))

    @cached_property
    def buildings(self) -> tuple[UUID, ...]:
        """The buildings held one by one: outside `whole`, only their rows are shown."""
        return tuple(sorted({g.building for g in self.grants if g.building and self._shows(g)}))

    def _shows(self, grant: Grant) -> bool:
        return Permission.SEE_PEOPLE in grant.permissions or not self.sees_people

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(g.role for g in self.grants)


def operator() -> Actor:
    """Whoever types a command on the machine: the trail says by which account of its operating system."""
    return system_actor(f"command line ({getpass.getuser()[:20]})")


def system_actor(name: str = SYSTEM) -> Actor:
    """The platform itself: jobs, imports from the command line, the demonstration."""
    return Actor(id=None, name=name, grants=(Grant("system", frozenset(Permission), COUNTRY),))
