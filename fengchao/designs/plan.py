"""A proposal as the office hands it on: which building goes into which grid.

`plan_of` is the door to carrying it out: each `Change` names a building, the grid it is in, and the 15-digit number of
the grid it shall be in, which exists or is in `opened`.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from fengchao.areas.models import Grid
from fengchao.areas.queries import grids, names
from fengchao.base.errors import Refused
from fengchao.people.models import Building

from .models import Design


@dataclass(frozen=True, slots=True)
class Change:
    """One building, also one that stays: then `was` is `becomes`."""

    building: UUID
    compound: str
    road: str
    house_number: str
    name: str
    households: int
    was: int
    becomes: int


@dataclass(frozen=True, slots=True)
class Plan:
    """`opened` are numbers that no grid has had yet; `emptied` the grids of today that are left without a building;
    `names` says what all of them are called."""

    community: int
    changes: tuple[Change, ...]
    opened: tuple[int, ...]
    emptied: tuple[int, ...]
    names: dict[int, str]

    @property
    def moved(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.was != change.becomes)


def plan_of(design: Design, proposal: dict[str, Any]) -> Plan:
    """Raises Refused "design_stale" if a building has changed grid, come or gone since the design was drawn."""
    area, kept = design.area, design.result["houses"]
    today = dict(Building.objects.filter(grid__gte=area.lo, grid__lt=area.hi).values_list("id", "grid"))
    if {UUID(house["id"]): house["grid"] for house in kept} != today:
        raise Refused("design_stale")
    numbers, opened = numbers_of(design, proposal)
    changes = tuple(
        Change(UUID(house["id"]), house["compound"], house["road"], house["house_number"], house["name"],
               house["households"], house["grid"], numbers[g])
        for house, g in zip(kept, proposal["grid_of"], strict=True)
    )
    emptied = tuple(sorted({change.was for change in changes} - {change.becomes for change in changes}))
    called = names(sorted({change.was for change in changes} | set(numbers) - set(opened)))
    return Plan(design.community, changes, opened, emptied, called | {code: new_name(code) for code in opened})


def numbers_of(design: Design, proposal: dict[str, Any]) -> tuple[list[int], tuple[int, ...]]:
    """The number of each proposed grid, and those of them that are new: above every number ever given."""
    area = design.area
    last = Grid.objects.filter(code__gte=area.lo, code__lt=area.hi).aggregate(last=Max("code"))["last"] or area.lo
    still = {grid.code for grid in grids(area)} | {house["grid"] for house in design.result["houses"]}
    numbers, opened = [], []
    for grid in proposal["grids"]:
        if grid["keeps"] in still:
            numbers.append(grid["keeps"])
        else:
            last += 1
            numbers.append(last)
            opened.append(last)
    if last >= area.hi:
        raise Refused("no_number_left")
    return numbers, tuple(opened)


def new_name(code: int) -> str:
    return _("第%(n)s网格") % {"n": code % 1000}
