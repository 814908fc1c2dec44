"""One person of a staff list: who they are here already, and what their rows ask for."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.crypto import unseal
from fengchao.base.errors import Refused
from fengchao.base.places import Area
from fengchao.sheets.cells import Flaw

from ..actions.users import USERNAME
from ..models import Duty, User
from ..roles import ROLES
from ..rules import givable, require_fitting_size
from .reading import Line

COMMUNITY = 1000
Refusals = list[tuple[int, str, Flaw]]  # row, column, why


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


def gives(by: Actor, role: str, area: Area) -> bool:
    return ROLES[role] in givable(by, area)


@dataclass(slots=True)
class Reader:
    """The rows of one username against the account there is; what is wrong with them goes to `refused`."""

    by: Actor
    area: Area
    places: dict[str, list[int]]
    user: User | None
    duties: dict[UUID, list[Duty]]
    whole: bool

    def read(self, said: list[Line], refused: Refusals) -> Person | None:
        before = len(refused)
        first = said[0]
        for line in said:
            refused += [(line.row, name, Flaw(code, params)) for name, code, params in line.flaws]
        if len(refused) == before and (flaw := self._who(said)):
            refused.append((first.row, "username", flaw))
        given = [duty for line in said if (duty := self._given(line, refused)) is not None]
        if len(refused) > before:
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
        mine = self.area.covers(user.home) and all(gives(self.by, d.role, d.area) for d in self.duties[user.id])
        return None if mine else Flaw("staff_elsewhere")

    def _given(self, line: Line, refused: Refusals) -> Given | None:
        if line.flaws or not (line.role or line.area):
            return None
        try:
            return self._duty(line)
        except _Wrong as wrong:
            refused.append((line.row, wrong.column, wrong.flaw))
            return None

    def _duty(self, line: Line) -> Given:
        if not (line.role and line.area):
            raise _Wrong("role" if line.area else "area", Flaw("staff_half"))
        codes = set(self.places.get(line.area, ()))
        if len(codes) != 1:
            raise _Wrong("area", Flaw("staff_place_twice" if codes else "staff_no_place"))
        area = Area.of(codes.pop())
        if not gives(self.by, line.role, area):
            raise _Wrong("role", Flaw("staff_not_yours"))
        try:
            require_fitting_size(ROLES[line.role], area)
        except Refused as refused:
            raise _Wrong("area", Flaw("staff_level")) from refused
        since = line.since or clock.today()
        if line.until is not None and line.until < max(since, clock.today()):
            raise _Wrong("until", Flaw("staff_dates"))
        try:
            clock.require_near(since)
        except Refused as refused:
            raise _Wrong("since", Flaw("staff_far", refused.params)) from refused
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
