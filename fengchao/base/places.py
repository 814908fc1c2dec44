"""Where is one number: every place in the country is a range of 15-digit grid codes.

A national code of 2, 4, 6, 9 or 12 digits (province, city, county, street, community) or a grid of 15 becomes
the half-open range of all grids below it, so that "is this inside that" is two comparisons at every level.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

DIGITS = 15
LEVELS = {2: "province", 4: "city", 6: "county", 9: "street", 12: "community", 15: "grid"}
UNITS = [10 ** (DIGITS - digits) for digits in LEVELS]
NOWHERE = 0  # the grid of a fact that has no place, such as a failed sign-in


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """All grids from `lo` up to, not including, `hi`."""

    lo: int
    hi: int

    @classmethod
    def of(cls, code: int | str) -> Self:
        """The range of a code of 2 to 15 digits: 350206 -> 350206000000000 .. 350207000000000.

        Raises ValueError for a code whose length names no level.
        """
        text = str(code)
        if not text.isdecimal() or len(text) not in LEVELS:
            raise ValueError(f"not a division or grid code: {text!r}")
        unit = 10 ** (DIGITS - len(text))
        return cls(int(text) * unit, (int(text) + 1) * unit)

    def __contains__(self, grid: int) -> bool:
        return self.lo <= grid < self.hi

    def covers(self, other: "Area") -> bool:
        return self.lo <= other.lo and other.hi <= self.hi

    def meets(self, other: "Area") -> bool:
        return any(mine.lo < part.hi and part.lo < mine.hi for mine in self.parts for part in other.parts)

    @property
    def parts(self) -> "tuple[Area, ...]":
        """The ranges it consists of, in order: one, unless it is a `Ground`."""
        return (self,)

    @property
    def grids(self) -> int:
        """How many numbers of grids it holds, given out or not."""
        return sum(part.hi - part.lo for part in self.parts)

    @property
    def code(self) -> int | None:
        """The shortest code with exactly this range, None for an overlay that has none."""
        for digits in sorted(LEVELS):
            unit = 10 ** (DIGITS - digits)
            if self.lo % unit == 0 and self.hi - self.lo == unit:
                return self.lo // unit
        return None


@dataclass(frozen=True, slots=True)
class Ground(Area):
    """Several ranges as one place: `lo` and `hi` are its bounds, and what lies between the ranges is not in it.

    Made by `ground`. Whoever compares rows with the bounds alone needs the transaction to look at it (base.scope).
    """

    ranges: tuple[Area, ...] = ()

    def __contains__(self, grid: int) -> bool:
        return any(grid in part for part in self.ranges)

    def covers(self, other: Area) -> bool:
        return all(any(mine.covers(part) for mine in self.ranges) for part in other.parts)

    @property
    def parts(self) -> tuple[Area, ...]:
        return self.ranges

    @property
    def code(self) -> int | None:
        return None


COUNTRY = Area(0, 10**DIGITS)


def community_of(grid: int) -> int:
    return grid // 1000


def union(areas: Iterable[Area]) -> tuple[Area, ...]:
    """The same grids as `areas`, as few disjoint ranges in order."""
    merged: list[Area] = []
    for part in sorted(part for area in areas for part in area.parts):
        if merged and part.lo <= merged[-1].hi:
            merged[-1] = Area(merged[-1].lo, max(merged[-1].hi, part.hi))
        else:
            merged.append(part)
    return tuple(merged)


def minus(areas: Iterable[Area], without: Iterable[Area]) -> tuple[Area, ...]:
    """The grids of `areas` that are in none of `without`."""
    rest = union(areas)
    for gap in without:
        rest = tuple(part for area in rest for part in (
            Area(area.lo, min(area.hi, gap.lo)), Area(max(area.lo, gap.hi), area.hi)) if part.lo < part.hi)
    return rest


def ground(areas: Iterable[Area]) -> Area:
    """The place that consists of `areas`, of which there is at least one: a single range is an ordinary area."""
    ranges = union(areas)
    return ranges[0] if len(ranges) == 1 else Ground(ranges[0].lo, ranges[-1].hi, ranges)


def common(areas: Iterable[Area], others: Iterable[Area]) -> tuple[Area, ...]:
    """The grids that are in one of `areas` and in one of `others`."""
    others = list(others)
    return union(Area(max(a.lo, b.lo), min(a.hi, b.hi)) for a in areas for b in others if a.meets(b))


def codes(area: Area) -> list[int]:
    """The fewest codes that are together just `area`: adjoining communities are named one by one, not as grids."""
    found, at = [], area.lo
    while at < area.hi:
        unit = max(unit for unit in UNITS if at % unit == 0 and at + unit <= area.hi)
        found.append(at // unit)
        at += unit
    return found


def multirange(areas: Iterable[Area]) -> str:
    """The PostgreSQL int8multirange literal of `areas`."""
    return "{" + ",".join(f"[{a.lo},{a.hi})" for a in areas) + "}"
