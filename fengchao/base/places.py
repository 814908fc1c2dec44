"""Where is one number: every place in the country is a range of 15-digit grid codes.

A national code of 2, 4, 6, 9 or 12 digits (province, city, county, street, community) or a grid of 15 becomes
the half-open range of all grids below it, so that "is this inside that" is two comparisons at every level.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

DIGITS = 15
LEVELS = {2: "province", 4: "city", 6: "county", 9: "street", 12: "community", 15: "grid"}
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

    @property
    def code(self) -> int | None:
        """The shortest code with exactly this range, None for an overlay that has none."""
        for digits in sorted(LEVELS):
            unit = 10 ** (DIGITS - digits)
            if self.lo % unit == 0 and self.hi - self.lo == unit:
                return self.lo // unit
        return None


COUNTRY = Area(0, 10**DIGITS)


def community_of(grid: int) -> int:
    return grid // 1000


def union(areas: Iterable[Area]) -> tuple[Area, ...]:
    """The same grids as `areas`, as few disjoint ranges in order."""
    merged: list[Area] = []
    for area in sorted(areas):
        if merged and area.lo <= merged[-1].hi:
            merged[-1] = Area(merged[-1].lo, max(merged[-1].hi, area.hi))
        else:
            merged.append(area)
    return tuple(merged)


def minus(areas: Iterable[Area], without: Iterable[Area]) -> tuple[Area, ...]:
    """The grids of `areas` that are in none of `without`."""
    rest = union(areas)
    for gap in without:
        rest = tuple(part for area in rest for part in (
            Area(area.lo, min(area.hi, gap.lo)), Area(max(area.lo, gap.hi), area.hi)) if part.lo < part.hi)
    return rest


def multirange(areas: Iterable[Area]) -> str:
    """The PostgreSQL int8multirange literal of `areas`."""
    return "{" + ",".join(f"[{a.lo},{a.hi})" for a in areas) + "}"
