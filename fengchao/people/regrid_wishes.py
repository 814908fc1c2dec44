"""What somebody wants of the grids, from a page or a workbook, as wishes for every building concerned."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from fengchao.areas.plans import Wish
from fengchao.areas.queries import grids
from fengchao.base.errors import Refused
from fengchao.base.places import Area

from .models import Building


def buildings(area: Area) -> QuerySet[Building]:
    rows = Building.objects.filter(grid__gte=area.lo, grid__lt=area.hi)
    return rows.annotate(doors=Count("dwellings")).order_by("grid", "seq", "name")


def of_form(area: Area, posted: Mapping[str, Any]) -> list[Wish]:
    """`grid-CODE`: where a whole grid goes; `to-ID`: where one building goes, which counts more."""
    wishes = []
    for row in buildings(area):
        wanted = str(posted.get(f"to-{row.id}", "")).strip() or str(posted.get(f"grid-{row.grid}", "")).strip()
        wishes.append(Wish(row.id, row.grid, wanted or str(row.grid)))
    return _touched(wishes)


def names_of_form(area: Area, posted: Mapping[str, Any]) -> tuple[tuple[int, str], ...]:
    """`name-CODE`: what a grid shall be called; one left as it is named is no change."""
    wanted = ((grid.code, str(posted.get(f"name-{grid.code}", "")).strip(), grid.name)
              for grid in grids(area).filter(until=None))
    return tuple((code, name) for code, name, now in wanted if name and name != now)


def of_lines(area: Area, lines: Iterable[list[Any]]) -> list[Wish]:
    """Raises Refused "regrid_row" with the first line whose building is not one of the area, or is there twice."""
    rows = list(buildings(area))
    known = {str(row.id): row for row in rows}
    by_name: dict[tuple[str, ...], list[Building]] = defaultdict(list)
    for row in rows:
        for name in ((row.compound, row.road, row.house_number, row.name), (row.compound, row.name), (row.name,)):
            by_name[name].append(row)
    wanted: dict[UUID, str] = {}
    for number, said in lines:
        meant = known.get(said.get("key", "")) or _named(by_name, said)
        if meant is None or meant.id in wanted:
            raise Refused("regrid_row", row=number)
        wanted[meant.id] = said.get("wanted", "")
    return _touched(Wish(row.id, row.grid, wanted.get(row.id) or str(row.grid)) for row in rows)


def _named(by_name: dict[tuple[str, ...], list[Building]], said: Mapping[str, str]) -> Building | None:
    parts = [said.get(key, "") for key in ("compound", "road", "house_number", "building")]
    for name in (tuple(parts), (parts[0], parts[3]), (parts[3],)):
        if len(found := by_name.get(name, [])) == 1:
            return found[0]
    return None


def _touched(wishes: Iterable[Wish]) -> list[Wish]:
    """Only grids that are left by some building: the others need not be looked at."""
    wishes = list(wishes)
    left = {wish.now for wish in wishes if wish.wanted != str(wish.now)}
    return [wish for wish in wishes if wish.now in left]
