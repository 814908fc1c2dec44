"""What a map file would do: each of its features with the place it is of, or with everything that keeps it out."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

import shapely
from shapely.geometry.base import BaseGeometry

from fengchao.base.places import Area
from fengchao.engines.geometry import Bounds, Datum, Fault, check, distance, polygon

from . import naming, queries
from .models import MapImport
from .naming import Names, Target

KM2 = 1e6
SIZES = {  # square metres by the digits of a code; 0 is a building
    0: (4, 0.3 * KM2), 15: (100, 60 * KM2), 12: (1_000, 2_000 * KM2), 9: (10_000, 20_000 * KM2),
    6: (KM2, 400_000 * KM2),
}  # fmt: skip
REACH = {15: 20_000, 12: 20_000, 9: 60_000, 6: 200_000}  # metres from the middle, by the area imported for
FARTHEST = 3_000_000
GRID_REACH = 200  # metres a building may lie outside the border of its grid
CLEARLY = 0.1  # how much better another datum must fit before it is proposed


@dataclass(slots=True)
class Line:
    """One feature: its number in the file, what it calls itself, whose outline it is, and why it may not stand."""

    number: int
    label: str
    shape: BaseGeometry | None
    target: Target | None = None
    faults: list[Fault] = field(default_factory=list)

    @property
    def level(self) -> int:
        """Digits of the code it is an outline of; 0 for a building, -1 while nobody knows."""
        if self.target is None:
            return -1
        return len(self.target.key) if self.target.key.isdecimal() else 0


class Trial:
    """Computed from the file and from what stands now, whenever somebody looks or confirms."""

    def __init__(self, row: MapImport):
        self.row = row
        self._targets = {target.key: target for target in self._candidates()}
        self._names = Names(self._targets.values())
        own = [feature["names"] for feature in row.features]
        self.columns = [c for c in naming.columns(own) if naming.TOGETHER not in c]
        self.column = row.column or naming.best(own, self._names)
        called = naming.texts(own, self.column)
        self.lines = [
            Line(number, text, polygon(feature["parts"] or [], Datum(row.datum)))
            for number, (feature, text) in enumerate(zip(row.features, called, strict=True), 1)
        ]
        self._name()
        self._judge()

    def _candidates(self) -> list[Target]:
        area = self.row.area
        buildings = self.row.what == MapImport.What.BUILDINGS
        return queries.building_targets(area) if buildings else queries.place_targets(area)

    @cached_property
    def standing(self) -> dict[str, BaseGeometry]:
        """What is drawn already, by key."""
        area = self.row.area
        if self.row.what == MapImport.What.BUILDINGS:
            return {str(id_): shape for id_, shape in queries.outlines(area).items()}
        return {str(place.code): shape for place, shape in self._borders.items() if place.code}

    @cached_property
    def _borders(self) -> dict[Area, BaseGeometry]:
        return queries.boundaries(self.row.area)

    @property
    def good(self) -> list[Line]:
        return [line for line in self.lines if line.target and not line.faults]

    @property
    def refused(self) -> list[Line]:
        return [line for line in self.lines if line.faults]

    def _name(self) -> None:
        for line in self.lines:
            keys = self._names.keys(line.label)
            if len(keys) == 1:
                line.target = self._targets[min(keys)]
            else:
                line.faults.append(Fault(line.number, "ambiguous" if keys else "no_match"))
        uses = Counter(line.target.key for line in self.lines if line.target)
        for line in self.lines:
            if line.target and uses[line.target.key] > 1:
                line.faults.append(Fault(line.number, "named_twice"))

    def _judge(self) -> None:
        """Outlines are held against those of their own level: a grid lies inside its community and must."""
        known = [*self._borders.values(), *self.standing.values()]
        centre = queries.middle(known or [line.shape for line in self.lines if line.shape and line.shape.is_valid])
        named = {line.target.key for line in self.lines if line.target}
        for level in sorted({line.level for line in self.lines}):
            group = [line for line in self.lines if line.level == level]
            others = {key: shape for key, shape in self.standing.items()
                      if level >= 0 and key not in named and (len(key) == level or not key.isdecimal())}
            least, most = SIZES.get(level, (0, FARTHEST**2))
            bounds = Bounds(least, most, REACH.get(len(str(self.row.area.code or "")), FARTHEST),
                            overlap=0.02 if level >= 0 else 1.0)
            found = check([line.shape for line in group], bounds, centre, list(others.values()))
            for fault in found:
                group[fault.which].faults.append(self._renumbered(fault, group, list(others)))
        if self.row.what == MapImport.What.BUILDINGS:
            self._near_their_grid()

    def _renumbered(self, fault: Fault, group: list[Line], others: list[str]) -> Fault:
        """`other` as the number of a feature of the file, or as a code that stands already (overlap_known)."""
        if fault.other is None:
            return fault
        if fault.other < len(group):
            return Fault(fault.which, fault.code, fault.at, fault.amount, group[fault.other].number)
        return Fault(fault.which, "overlap_known", fault.at, fault.amount)

    def _near_their_grid(self) -> None:
        for line in self.lines:
            border = self._border_of(line)
            if border is not None and line.shape is not None and not line.faults:
                away = distance(line.shape, border)
                if away > GRID_REACH:
                    at = line.shape.representative_point()
                    line.faults.append(Fault(line.number, "outside_grid", (at.x, at.y), away))

    def _border_of(self, line: Line) -> BaseGeometry | None:
        """What an outline should lie on: a building in its grid, a boundary where it was before."""
        if line.target is None:
            return None
        if line.level > 0:
            return self.standing.get(line.target.key)
        grid = self._grid_of.get(line.target.key)
        return self._borders.get(Area(grid, grid + 1)) if grid else None

    @cached_property
    def _grid_of(self) -> dict[str, int]:
        return queries.grids_of_buildings(self.row.area)

    @cached_property
    def better_datum(self) -> Datum | None:
        """Another datum in which the file lies clearly better on what is known: then the one stated is doubtful."""
        known = [(feature, border) for feature, line in zip(self.row.features, self.lines, strict=True)
                 if feature["parts"] and (border := self._border_of(line)) is not None]
        fit = {datum: _fit([polygon(feature["parts"], datum) for feature, _ in known], [b for _, b in known])
               for datum in Datum} if known else {}
        best = max(fit, key=lambda datum: fit[datum], default=None)
        stated = fit.get(Datum(self.row.datum), 0.0)
        return best if best and fit[best] > 0.5 and fit[best] - stated > CLEARLY else None


def _fit(shapes: list[BaseGeometry | None], borders: list[BaseGeometry]) -> float:
    """The share of the smaller of each pair that lies inside the other, on average."""
    pairs = [(shape, border) for shape, border in zip(shapes, borders, strict=True) if shape and shape.is_valid]
    if not pairs:
        return 0.0
    inside = shapely.area(shapely.intersection([s for s, _ in pairs], [b for _, b in pairs]))
    smaller = [min(s.area, b.area) for s, b in pairs]
    return float((inside / smaller).mean())
