"""Grids x roles: who answers for what, and which grid has nobody."""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field

from fengchao.areas.models import Grid
from fengchao.areas.queries import children, grids, names
from fengchao.base.places import Area, community_of, union
from fengchao.base.ranges import touching

from .models import Duty
from .queries import in_force
from .roles import ROLES, Role

COLUMNS = tuple(role for role in ROLES.values() if role.level == "grid")
ANSWERING = [role.code for role in ROLES.values() if role.answers]


@dataclass
class Row:
    grid: Grid
    cells: dict[str, list[Duty]] = field(default_factory=dict)

    @property
    def unanswered(self) -> bool:
        return not any(self.cells.get(code) for code in ANSWERING)

    @property
    def columns(self) -> list[tuple[Role, list[Duty]]]:
        return [(role, self.cells.get(role.code, [])) for role in COLUMNS]


@dataclass
class Community:
    code: int
    name: str
    rows: list[Row]
    duties: list[Duty]  # those given for more than a grid of it: its secretary, its data steward


@dataclass(frozen=True, slots=True)
class Line:
    """A place above communities: how many of its grids have nobody."""

    code: int
    name: str
    grids: int
    unanswered: int


def duties_in(area: Area) -> list[Duty]:
    """In force and touching the area, with their users."""
    found = Duty.objects.filter(in_force(), touching(area), user__is_active=True)
    return list(found.select_related("user").order_by("lo", "user__name"))


def communities(area: Area) -> list[Community]:
    """The matrix of a street, a community or a grid."""
    rows = {grid.code: Row(grid) for grid in grids(area)}
    wide: dict[int, list[Duty]] = defaultdict(list)
    codes = list(rows)
    for duty in duties_in(area):
        if ROLES[duty.role] in COLUMNS:
            for code in codes[bisect_left(codes, duty.lo):bisect_left(codes, duty.hi)]:
                rows[code].cells.setdefault(duty.role, []).append(duty)
        elif duty.hi - duty.lo == 1000:
            wide[community_of(duty.lo)].append(duty)
    grouped: dict[int, list[Row]] = defaultdict(list)
    for row in rows.values():
        grouped[community_of(row.grid.code)].append(row)
    known = names(grouped)
    return [Community(code, known[code], rows, wide[code]) for code, rows in grouped.items()]


def above(area: Area) -> list[Duty]:
    """Whoever oversees all of the area by a duty over something wider than one community."""
    return [duty for duty in duties_in(area) if duty.area.covers(area) and duty.hi - duty.lo > 1000]


def lines(area: Area) -> list[Line]:
    """The same, counted, for each place one level down; only places that have grids."""
    found = []
    answered = union(duty.area for duty in duties_in(area) if duty.role in ANSWERING)
    codes = list(grids(area).values_list("code", flat=True))
    for place in children(area):
        inside = codes[bisect_left(codes, place.lo):bisect_left(codes, place.hi)]
        if inside:
            nobody = sum(not _among(code, answered) for code in inside)
            found.append(Line(place.digits, place.name, len(inside), nobody))
    return found


def _among(code: int, areas: tuple[Area, ...]) -> bool:
    index = bisect_left(areas, Area(code + 1, 0)) - 1
    return index >= 0 and code in areas[index]
