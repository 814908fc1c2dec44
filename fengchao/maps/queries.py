"""Outlines in force, and what a file may hold outlines of."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar
from uuid import UUID

import numpy as np
import shapely
from django.db.models import F, QuerySet
from shapely.geometry.base import BaseGeometry

from fengchao.areas.models import Division
from fengchao.areas.queries import grids, in_force, names, within
from fengchao.base.places import Area
from fengchao.engines.geometry import Locator, polygon
from fengchao.people.models import Building

from .models import Boundary, Outline
from .naming import Target

S = TypeVar("S", Boundary, Outline)


def boundaries(area: Area, *, unit: int | None = None, day: date | None = None) -> dict[Area, BaseGeometry]:
    """The borders of the divisions and grids inside `area`, itself included; of those of `unit` grids only."""
    rows = Boundary.objects.filter(in_force(day), grid__gte=area.lo, grid__lt=area.hi, hi__lte=area.hi)
    if unit is not None:
        rows = rows.filter(hi=F("lo") + unit)
    return {Area(row.lo, row.hi): shape for row, shape in _drawn(rows)}


def outlines(area: Area, day: date | None = None) -> dict[UUID, BaseGeometry]:
    """The outlines of the buildings of `area`."""
    rows = Outline.objects.filter(in_force(day), grid__gte=area.lo, grid__lt=area.hi)
    return {row.building_id: shape for row, shape in _drawn(rows)}


def _drawn(rows: "QuerySet[S]") -> Iterable[tuple[S, BaseGeometry]]:
    for row in rows:
        shape = polygon(row.parts)
        if shape is not None:
            yield row, shape


def locator(area: Area) -> Locator:
    """Answers in whose grid a point lies, for the grids of `area` that have a border."""
    found = {place.lo: shape for place, shape in boundaries(area, unit=1).items()}
    return Locator(list(found), list(found.values()))


def middle(shapes: Iterable[BaseGeometry]) -> tuple[float, float] | None:
    """Where most of them are."""
    centres = shapely.get_coordinates([shape.centroid for shape in shapes])
    return (float(np.median(centres[:, 0])), float(np.median(centres[:, 1]))) if len(centres) else None


def place_targets(area: Area) -> list[Target]:
    """The divisions and grids of an area. A grid also answers to its community's name and its own."""
    found = [Target(str(d.digits), d.name, (d.short,)) for d in within(area) if d.level > Division.Level.CITY]
    inside = list(grids(area))
    communities = names({grid.code // 1000 for grid in inside})
    return found + [
        Target(str(grid.code), grid.name, (communities[grid.code // 1000] + grid.name, f"{grid.code % 1000:03}"))
        for grid in inside
    ]


def building_targets(area: Area) -> list[Target]:
    rows = Building.objects.filter(grid__gte=area.lo, grid__lt=area.hi)
    return [
        Target(str(b.id), str(b), (b.name, b.compound + b.number, b.road + b.house_number + b.name, b.number))
        for b in rows
    ]


def grids_of_buildings(area: Area) -> dict[str, int]:
    rows = Building.objects.filter(grid__gte=area.lo, grid__lt=area.hi).values_list("id", "grid")
    return {str(id_): grid for id_, grid in rows}
