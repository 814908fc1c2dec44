"""The Gabriel graph of points: two are neighbours if no third lies inside the circle over them.

K. R. Gabriel and R. R. Sokal, "A new statistical approach to geographic variation analysis", 1969. It is planar, has
the neighbours a person walking would name, and holds the shortest tree through all points.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import hypot, sqrt

from .graph import components
from .model import Point

Open = Callable[[int, int], bool]  # whether one can walk straight between two points
Pairs = set[tuple[int, int]]


def gabriel(points: Sequence[Point | None], reach: float, is_open: Open | None = None) -> Pairs:
    """Neighbours at most `reach` metres apart.

    Looks near first, then, for what is still cut off from the largest part, twice as far, up to `reach`: a dense
    town is done in its own scale and a lonely house still finds its way.
    """
    first: dict[Point, int] = {}
    last: dict[Point, int] = {}
    pairs: Pairs = set()
    for index, point in enumerate(points):
        if point is not None:
            if first.setdefault(point, index) != index:
                pairs.add((last[point], index))  # several on one spot stand in a row
            last[point] = index
    radius, looking = min(reach, 3 * _spacing(list(first))), list(first.values())
    part_of: dict[int, int] = {}
    while looking:
        spots = _Spots(points, first.values(), radius)
        for index in looking:
            pairs.update((min(index, other), max(index, other)) for other in spots.around(index, part_of, is_open))
        if radius >= reach:
            break
        radius = min(reach, 2 * radius)
        parts = sorted(components(first.values(), pairs), key=len)
        part_of = {index: number for number, part in enumerate(parts) for index in part}
        looking = [index for part in parts[:-1] for index in part]
    return pairs


def _spacing(points: list[Point]) -> float:
    """About how far apart points lie: from the middle half, so that one stray point does not decide."""
    if len(points) < 4:
        return float("inf")
    quarter, n = len(points) // 4, len(points)
    xs, ys = sorted(x for x, _ in points), sorted(y for _, y in points)
    wide, high = xs[-quarter - 1] - xs[quarter], ys[-quarter - 1] - ys[quarter]
    return max(sqrt(4 * wide * high / n), 2 * max(wide, high) / n, 1.0)


class _Spots:
    """Points in square cells as wide as the look-out is far."""

    def __init__(self, points: Sequence[Point | None], indexes: Iterable[int], radius: float) -> None:
        self.points, self.radius = points, radius
        self.cells: dict[tuple[float, float], list[int]] = defaultdict(list)
        for index in indexes:
            self.cells[self._cell(index)].append(index)

    def _cell(self, index: int) -> tuple[float, float]:
        x, y = self.points[index] or (0.0, 0.0)
        return x // self.radius, y // self.radius

    def around(self, index: int, part_of: dict[int, int], is_open: Open | None) -> Iterator[int]:
        """The neighbours of a point outside its own part."""
        column, row = self._cell(index)
        seen: list[tuple[float, int]] = []
        for cell in ((column + east, row + north) for east in (-1, 0, 1) for north in (-1, 0, 1)):
            for other in self.cells.get(cell, ()):
                apart = other != index and (not part_of or part_of[other] != part_of[index])
                if apart and (far := self._far(index, other)) <= self.radius:
                    seen.append((far, other))
        seen.sort()
        if is_open:
            seen = [one for one in seen if is_open(index, one[1])]
        for at, (far, other) in enumerate(seen):
            limit = far * far * (1 + 1e-9)  # on the circle counts as inside: a lattice gets no diagonals
            if not any(
                near * near + self._far(between, other) ** 2 <= limit and (not is_open or is_open(between, other))
                for near, between in seen[:at]
            ):
                yield other

    def _far(self, one: int, other: int) -> float:
        (a, b), (c, d) = self.points[one] or (0.0, 0.0), self.points[other] or (0.0, 0.0)
        return hypot(a - c, b - d)
