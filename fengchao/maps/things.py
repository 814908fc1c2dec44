"""What a map of a place shows: grids and buildings, or the grids of communities, or the places one level down."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from shapely.geometry.base import BaseGeometry

from fengchao.areas.models import Division
from fengchao.areas.queries import grids, names, within
from fengchao.base.actor import Actor
from fengchao.base.places import Area
from fengchao.people.models import Building
from fengchao.web.place import Place, below
from fengchao.work.queries import buildings_in

from . import queries

MOST_GRIDS = 1500  # of a district they are shown one by one; a city shows its districts


@dataclass(frozen=True, slots=True)
class Thing:
    """A place or a building. `group`: key and name of the place whose name is written on the map and that is a panel of
    the schematic; it may be the thing itself. `shape` None: nobody has drawn it."""

    key: str
    name: str
    label: str
    href: str
    area: Area
    group: tuple[str, str]
    shape: BaseGeometry | None = None
    building: Building | None = None


def things(place: Place, actor: Actor, query: str) -> list[Thing]:
    """`query`: what else the address of a map carries along, after the area."""
    if place.narrow:
        return [*_grids(place, query, near=True), *_buildings(place)]
    if place.level in ("street", "county", "overlay") and (found := _grids(place, query)):
        return [*found, *_without_grids(place, query, {thing.group[0] for thing in found})]
    places = below(place, actor)
    borders = queries.boundaries(place.area, unit=places[0].area.hi - places[0].area.lo) if places else {}
    return [Thing(str(p.code), p.name, p.name, f"{reverse('map')}?area={p.code}{query}", p.area,
                  (str(p.code), p.name), borders.get(p.area)) for p in places]


def _grids(place: Place, query: str, near: bool = False) -> list[Thing]:
    """All grids of the place; none if there are too many to look at. From afar one opens the community first."""
    rows = list(grids(place.area)[:MOST_GRIDS + 1])
    if len(rows) > MOST_GRIDS:
        return []
    borders = queries.boundaries(place.area, unit=1)
    communities = names({row.code // 1000 for row in rows})
    found = []
    for row in rows:
        community = communities[row.code // 1000]
        opens = row.code if near else row.code // 1000
        href = reverse("doors") + f"?area={row.code}" if place.level == "grid" else reverse("map") + f"?area={opens}"
        area = Area(row.code, row.code + 1)
        group = (str(row.code), row.name) if near else (str(row.code // 1000), community)
        name = row.name if near else f"{community} {row.name}"
        found.append(Thing(str(row.code), name, row.name, href + query, area, group, borders.get(area)))
    return found


def _without_grids(place: Place, query: str, seen: set[str]) -> list[Thing]:
    """Communities that nobody has cut into grids yet: left out, they would look as if they were done."""
    borders = queries.boundaries(place.area, unit=1000)
    return [
        Thing(str(d.digits), d.name, d.name, f"{reverse('map')}?area={d.digits}{query}", d.area,
              (str(d.digits), d.name), borders.get(d.area))
        for d in within(place.area, [Division.Level.COMMUNITY])
        if place.area.covers(d.area) and str(d.digits) not in seen
    ]


def _buildings(place: Place) -> list[Thing]:
    outlines = queries.outlines(place.area)
    called = dict(grids(place.area).values_list("code", "name"))
    return [
        Thing(str(b.id), str(b), b.number or b.name, reverse("building", args=[b.id]), Area(b.grid, b.grid + 1),
              (str(b.grid), called.get(b.grid, str(b.grid))), outlines.get(b.id), b)
        for b in buildings_in(place.area)
    ]


def split(found: Sequence[Thing]) -> tuple[list[Thing], list[Thing]]:
    """Those somebody has drawn, and those that are drawn as a schematic."""
    return [t for t in found if t.shape is not None], [t for t in found if t.shape is None]
