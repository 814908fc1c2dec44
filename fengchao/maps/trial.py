"""What a map file would do: each of its features with the place it is of, or with everything that keeps it out."""

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property

import shapely
from shapely.geometry.base import BaseGeometry

from fengchao.base.errors import Refused
from fengchao.base.places import Area
from fengchao.engines.geometry import Bounds, Datum, Fault, Piled, check, distance, placed, polygon

from . import naming, queries
from .models import MapImport
from .naming import Names, Target

UNKNOWN, BUILDING = -1, 0  # levels, besides the digits of a code
KM2 = 1e6
SIZES = {  # square metres, by level
    BUILDING: (4, 0.3 * KM2), 15: (100, 60 * KM2), 12: (1_000, 2_000 * KM2), 9: (10_000, 20_000 * KM2),
    6: (KM2, 400_000 * KM2),
}  # fmt: skip
REACH = {15: 20_000, 12: 20_000, 9: 60_000, 6: 200_000}  # metres from the middle, by the area imported for
FARTHEST = 3_000_000
ANY_SIZE = (0, 10_000_000 * KM2)
OVERLAP = 0.02  # of the smaller of two
GRID_REACH = 200  # metres a building may lie outside the border of its grid
CLEARLY = 0.1  # how much better another datum must fit before it is proposed


def _level_of(key: str) -> int:
    return len(key) if key.isdecimal() else BUILDING


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
        return _level_of(self.target.key) if self.target else UNKNOWN


class Trial:
    """Computed from the file and from what stands now, whenever somebody looks or confirms.

    Raises Refused "map_piled" for a file in which most lies on something else.
    """

    def __init__(self, row: MapImport):
        self.row = row
        self._targets = {target.key: target for target in self._candidates()}
        self._names = Names(self._targets.values())
        own = [feature["names"] for feature in row.features]
        self.columns = [c for c in naming.columns(own) if naming.TOGETHER not in c]
        self.column = row.column or naming.best(own, self._names)
        called = naming.texts(own, self.column)
        self._given = [polygon(feature["parts"] or []) for feature in row.features]  # in the datum of the file
        shapes = placed(self._given, Datum(row.datum))
        self.lines = [Line(number, text, shape)
                      for number, (text, shape) in enumerate(zip(called, shapes, strict=True), 1)]
        self._name()
        self._judge()

    def _candidates(self) -> list[Target]:
        area = self.row.area
        buildings = self.row.what == MapImport.What.BUILDINGS
        return queries.building_targets(area) if buildings else queries.place_targets(area)

    @cached_property
    def standing(self) -> dict[str, BaseGeometry]:
        """What is drawn already, by key; the border of a grid that has been closed is in nobody's way."""
        if self.row.what == MapImport.What.BUILDINGS:
            return {str(id_): shape for id_, shape in queries.outlines(self.row.area).items()}
        drawn = {str(place.code): shape for place, shape in self._borders.items()}
        return {key: shape for key, shape in drawn.items() if key in self._targets}

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
        centre = queries.middle(known)  # where nothing is known yet, the sound ones among them say where they belong
        reach = REACH.get(len(str(self.row.area.code or "")), FARTHEST)
        for level in sorted({line.level for line in self.lines}):
            group = [line for line in self.lines if line.level == level]
            there = {key: shape for key, shape in self.standing.items() if _level_of(key) == level}
            bounds = Bounds(*SIZES.get(level, ANY_SIZE), reach, overlap=OVERLAP if level != UNKNOWN else None)
            leaving = {line.target.key for line in group if line.target}
            self._hold(group, bounds, centre, [shape for key, shape in there.items() if key not in leaving])
            while good := [line for line in group if line.target and not line.faults]:
                # What a refused outline was to replace goes on standing, in the way of others perhaps.
                staying = leaving - {line.target.key for line in good if line.target}
                if not self._hold(good, bounds, centre, [shape for key, shape in there.items() if key in staying]):
                    break
        if self.row.what == MapImport.What.BUILDINGS:
            self._near_their_grid()

    def _hold(self, group: list[Line], bounds: Bounds, centre: tuple[float, float] | None,
              standing: list[BaseGeometry]) -> bool:
        """Whether `group` has any fault, among themselves or with what stands."""
        try:
            found = check([line.shape for line in group], bounds, centre, standing)
        except Piled as piled:
            raise Refused("map_piled") from piled
        for fault in found:
            group[fault.which].faults.append(self._renumbered(fault, group))
        return bool(found)

    @staticmethod
    def _renumbered(fault: Fault, group: list[Line]) -> Fault:
        """By the numbers of the file; what overlaps something that stands already has a code of its own."""
        number = group[fault.which].number
        if fault.other is None:
            return replace(fault, which=number)
        if fault.other < len(group):
            return replace(fault, which=number, other=group[fault.other].number)
        return replace(fault, which=number, code="overlap_known", other=None)

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
    def strays(self) -> list[tuple[Line, int, int]]:
        """Buildings that may be drawn, but on the ground of another grid than the register says: (line, that, this)."""
        built = [line for line in self.good if line.level == BUILDING and line.shape is not None]
        points = shapely.get_coordinates([line.shape.representative_point() for line in built if line.shape])
        found = queries.locator(self.row.area).locate(points[:, 0], points[:, 1]).tolist() if built else []
        pairs = ((line, code, self._grid_of[line.target.key]) for line, code in zip(built, found, strict=True)
                 if line.target)
        return [(line, code, registered) for line, code, registered in pairs if code and code != registered]

    @cached_property
    def _grid_of(self) -> dict[str, int]:
        return queries.grids_of_buildings(self.row.area)

    @cached_property
    def better_datum(self) -> Datum | None:
        """Another datum in which the file lies clearly better on what is known: then the one stated is doubtful."""
        known = [(shape, border) for shape, line in zip(self._given, self.lines, strict=True)
                 if shape is not None and (border := self._border_of(line)) is not None]
        shapes, borders = [shape for shape, _ in known], [border for _, border in known]
        fit = {datum: _fit(placed(shapes, datum), borders) for datum in Datum} if known else {}
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
