"""What a staff list would do: who is new, what changes, who has left, and which rows cannot be followed.

Somebody with one refused row is left as they are altogether: half a person is worse than yesterday's.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from django.db.models import Q

from fengchao.areas.queries import grids, within
from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.places import Area

from ..models import Duty, User
from ..queries import in_force
from .matching import Person, Reader, Refusals, gives
from .reading import Line


@dataclass(slots=True)
class Plan:
    new: list[Person] = field(default_factory=list)
    changed: list[Person] = field(default_factory=list)
    same: list[Person] = field(default_factory=list)
    left: list[User] = field(default_factory=list)
    refused: Refusals = field(default_factory=list)
    unsure: bool = False  # a row names nobody, so that nobody can be said to have left

    @property
    def refused_rows(self) -> int:
        """A row may be wrong in several columns."""
        return len({row for row, _column, _flaw in self.refused})

    @property
    def digest(self) -> str:
        """The same for the same consequences: what was confirmed is what is done."""
        said = [[p.username, p.name, *map(str, p.give), *(d.id for d in p.end), *p.changes]
                for p in (*self.new, *self.changed)]
        return sha256(repr((said, [u.id for u in self.left])).encode()).hexdigest()[:24]


def plan(lines: Iterable[Line], *, by: Actor, area: Area, whole: bool) -> Plan:
    rows: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        rows[line.username].append(line)
    known = {user.username: user for user in User.objects.filter(username__in=rows)}
    duties = _duties(known.values())
    places = _places(area)
    found = Plan()
    for username, said in rows.items():
        person = Reader(by, area, places, known.get(username), duties, whole).read(said, found.refused)
        if person is not None:
            (found.new if person.user is None else found.same if person.same else found.changed).append(person)
    found.unsure = whole and "" in rows
    if whole and not found.unsure:
        found.left = _left(by, area, set(rows))
    found.refused.sort(key=lambda flaw: flaw[0])
    return found


def _duties(users: Iterable[User]) -> dict[UUID, list[Duty]]:
    held: dict[UUID, list[Duty]] = defaultdict(list)
    for duty in Duty.objects.filter(in_force() | Q(ended__isnull=True, since__gt=clock.today()), user__in=list(users)):
        held[duty.user_id].append(duty)
    return held


def _places(area: Area) -> dict[str, list[int]]:
    """Codes by code and by name, of everything inside."""
    found: dict[str, list[int]] = defaultdict(list)
    for division in within(area):
        found[division.name].append(division.digits)
        found[str(division.digits)].append(division.digits)
    for grid in grids(area):
        found[grid.name].append(grid.code)
        found[str(grid.code)].append(grid.code)
    return found


def _left(by: Actor, area: Area, listed: set[str]) -> list[User]:
    """Open accounts that belong here, stand in no row, and are the actor's to close."""
    here = User.objects.filter(is_active=True, home_lo__gte=area.lo, home_hi__lte=area.hi)
    gone = list(here.exclude(username__in=listed).order_by("name", "username"))
    duties = _duties(gone)
    return [user for user in gone if user.id != by.id and all(gives(by, d.role, d.area) for d in duties[user.id])]
