"""The buildings of a community as a design needs them: counts, today's grid, and a point where one is known."""

from dataclasses import dataclass
from datetime import date
from math import cos, inf, radians
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from fengchao.base import clock
from fengchao.base.places import Area
from fengchao.engines.districting import Brief, Point
from fengchao.engines.districting import Building as Site
from fengchao.maps.queries import outlines
from fengchao.people.models import Building, CareTag, Dwelling, Household
from fengchao.people.queries import living

from .asking import OLD, Asked

METRES = 111_320.0  # a degree of latitude


@dataclass(frozen=True, slots=True)
class House:
    building: Building
    counts: dict[str, int]
    point: Point | None  # metres

    def kept(self, asked: Asked) -> dict[str, Any]:
        """As a design remembers it."""
        row = self.building
        written = {name: getattr(row, name) for name in ("compound", "road", "house_number", "name", "grid")}
        return written | {"id": str(row.id), "households": self.counts.get("households", 0),
                          "load": self.load(asked), "point": self.point}

    def load(self, asked: Asked) -> float:
        return float(sum(self.counts.get(code, 0) * weight for code, weight in asked.weights))


def houses(area: Area) -> list[House]:
    """In walking order."""
    inside = Q(grid__gte=area.lo, grid__lt=area.hi)
    rows = list(Building.objects.filter(inside).order_by("grid", "seq", "name", "id"))
    found: dict[UUID, dict[str, int]] = {row.id: {} for row in rows}
    old = Count("id", filter=Q(born__lte=_birthday(OLD)))
    for id_, people, aged in living().filter(inside).order_by().values_list("building").annotate(Count("id"), old=old):
        found.get(id_, {}).update(people=people, old=aged)
    doors = Dwelling.objects.filter(inside).exclude(state__in=[Dwelling.State.GONE, Dwelling.State.NOT_HOME])
    for name, counted in ("households", Household.objects.filter(inside)), ("dwellings", doors):
        for id_, number in counted.order_by().values_list("building").annotate(Count("id")):
            found.get(id_, {})[name] = number
    tags = CareTag.objects.filter(inside, until__isnull=True).order_by().values_list("building", "code")
    for id_, code, number in tags.annotate(Count("id")):
        found.get(id_, {})[code] = number
    points = _flat({id_: (shape.centroid.x, shape.centroid.y) for id_, shape in outlines(area).items()})
    return [House(row, found[row.id], points.get(row.id)) for row in rows]


def _birthday(years: int) -> date:
    today = clock.today()
    return today.replace(year=today.year - years, day=min(today.day, 28))


def _flat(degrees: dict[UUID, Point]) -> dict[UUID, Point]:
    """Metres east and north of the middle: a community is small enough to be flat."""
    if not degrees:
        return {}
    middle = sum(latitude for _, latitude in degrees.values()) / len(degrees)
    east = METRES * cos(radians(middle))
    return {id_: (longitude * east, latitude * METRES) for id_, (longitude, latitude) in degrees.items()}


def sites(found: list[House], asked: Asked) -> list[Site]:
    """For the engine: one load, already weighed. A compound holds together, unless it was said that it may be cut."""
    loads = [house.load(asked) for house in found]
    share = sum(loads) / asked.grids
    whole: dict[str, float] = {}
    for house, load in zip(found, loads, strict=True):
        whole[house.building.compound] = whole.get(house.building.compound, 0.0) + load
    most = {"any": -1.0, "large": share * (1 + asked.tolerance / 100), "whole": inf}[asked.divide]
    cut = {name for name, load in whole.items() if load > most}
    return [
        Site(
            str(house.building.id), house.counts.get("households", 0), (load,),
            "" if house.building.compound in cut else house.building.compound, house.building.grid, house.point,
        )
        for house, load in zip(found, loads, strict=True)
    ]  # fmt: skip


def brief(asked: Asked) -> Brief:
    return Brief(asked.grids, tolerance=asked.tolerance / 100)
