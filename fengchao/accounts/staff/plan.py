"""What a staff list would do: who is new, what changes, who has left, and which rows cannot be followed.

Somebody with one refused row is left as they are altogether: half a person is worse than yesterday's.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Q

from fengchao.areas.queries import grids, within
from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.crypto import unseal
from fengchao.base.errors import Refused
from fengchao.base.places import Area
from fengchao.sheets.cells import Flaw

from ..actions.users import USERNAME
from ..models import Duty, User
from ..queries import in_force
from ..roles import ROLES
from ..rules import givable, require_fitting_size
from .reading import Line

COMMUNITY = 1000


@dataclass(frozen=True, slots=True)
class Given:
    """A duty that the list names."""

    role: str
    area: Area
    since: date
    until: date | None


@dataclass(slots=True)
class Person:
    """What is to become of one username. `changes` are names of columns."""

    username: str
    name: str
    phone: str
    unit: str
    home: Area
    user: User | None = None
    give: list[Given] = field(default_factory=list)
    end: list[Duty] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)

    @property
    def same(self) -> bool:
        return self.user is not None and not (self.give or self.end or self.changes)


@dataclass(slots=True)
class Plan:
    new: list[Person] = field(default_factory=list)
    changed: list[Person] = field(default_factory=list)
    same: list[Person] = field(default_factory=list)
    left: list[User] = field(default_factory=list)
    refused: list[tuple[int, str, Flaw]] = field(default_factory=list)  # row, column, why
    unsure: bool = False  # a row names nobody, so that nobody can be said to have left

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
        person = _Reader(by, area, places, known.get(username), duties, whole).read(said, found)
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
    return [user for user in gone if user.id != by.id and all(_gives(by, d.role, d.area) for d in duties[user.id])]


def _gives(by: Actor, role: str, area: Area) -> bool:
    return ROLES[role] in givable(by, area)


@dataclass(slots=True)
class _Reader:
    by: Actor
    area: Area
    places: dict[str, list[int]]
    user: User | None
    duties: dict[UUID, list[Duty]]
    whole: bool

    def read(self, said: list[Line], found: Plan) -> Person | None:
        before = len(found.refused)
        first = said[0]
        for line in said:
            found.refused += [(line.row, name, Flaw(code, params)) for name, code, params in line.flaws]
        if len(found.refused) == before and (flaw := self._who(said)):
            found.refused.append((first.row, "username", flaw))
        given = [duty for line in said if (duty := self._given(line, found)) is not None]
        if len(found.refused) > before:
            return None
        home = _home(given[0].area) if given else self.area
        home = home if self.area.covers(home) else self.area
        person = Person(first.username, first.name, first.phone, first.unit, home, self.user)
        self._compare(person, given)
        return person

    def _who(self, said: list[Line]) -> Flaw | None:
        """Why nobody may be made of, or changed by, these rows."""
        first, user = said[0], self.user
        if not USERNAME.fullmatch(first.username):
            return Flaw("staff_username")
        if any(line.name != first.name for line in said):
            return Flaw("staff_twice", {"row": next(line.row for line in said if line.name != first.name)})
        if user is None:
            return None
        if user.id == self.by.id:
            return Flaw("staff_yourself")
        mine = self.area.covers(user.home) and all(_gives(self.by, d.role, d.area) for d in self.duties[user.id])
        return None if mine else Flaw("staff_elsewhere")

    def _given(self, line: Line, found: Plan) -> Given | None:
        if line.flaws or not (line.role or line.area):
            return None
        try:
            return self._duty(line)
        except _Wrong as wrong:
            found.refused.append((line.row, wrong.column, wrong.flaw))
            return None

    def _duty(self, line: Line) -> Given:
        if not (line.role and line.area):
            raise _Wrong("role" if line.area else "area", Flaw("staff_half"))
        codes = set(self.places.get(line.area, ()))
        if len(codes) != 1:
            raise _Wrong("area", Flaw("staff_place_twice" if codes else "staff_no_place"))
        area = Area.of(codes.pop())
        if not _gives(self.by, line.role, area):
            raise _Wrong("role", Flaw("staff_not_yours"))
        try:
            require_fitting_size(ROLES[line.role], area)
        except Refused as refused:
            raise _Wrong("area", Flaw("staff_level")) from refused
        since = line.since or clock.today()
        if line.until is not None and line.until < max(since, clock.today()):
            raise _Wrong("until", Flaw("staff_dates"))
        return Given(line.role, area, since, line.until)

    def _compare(self, person: Person, given: list[Given]) -> None:
        held = {(d.role, d.lo, d.hi): d for d in self.duties[self.user.id] if d.building is None} if self.user else {}
        wanted = {(g.role, g.area.lo, g.area.hi): g for g in given}
        for key, duty in wanted.items():
            has = held.get(key)
            if has is None:
                person.give.append(duty)
            elif has.until != duty.until:  # the old one ends, and one with the other end begins
                person.end.append(has)
                person.give.append(Given(duty.role, duty.area, max(duty.since, clock.today()), duty.until))
        if self.whole:
            person.end += [d for key, d in held.items() if key not in wanted and self.area.covers(d.area)]
        if self.user is not None:
            person.changes = [name for name, differs in self._differences(person, self.user).items() if differs]

    def _differences(self, person: Person, user: User) -> dict[str, Any]:
        return {"name": person.name != user.name, "unit": person.unit and person.unit != user.unit,
                "phone": person.phone and person.phone != unseal(user.phone_sealed), "open": not user.is_active}


class _Wrong(Exception):
    def __init__(self, column: str, flaw: Flaw) -> None:
        super().__init__(flaw.code)
        self.column, self.flaw = column, flaw


def _home(area: Area) -> Area:
    """Where an account belongs: the community of a grid, so that its secretary manages it; else the place itself."""
    return Area.of(area.lo // COMMUNITY) if area.hi - area.lo < COMMUNITY else area
