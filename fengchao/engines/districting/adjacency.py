"""Which buildings are next to each other: by their points, by borders they share, or by the order of walking."""

from collections.abc import Sequence
from itertools import pairwise
from math import dist, nan

from .borders import shared_borders
from .gabriel import gabriel
from .model import Brief, Building, Point

Edges = dict[tuple[int, int], float]  # two places in the list, the lower first -> metres, nan where a point is missing


def neighbours(buildings: Sequence[Building], brief: Brief) -> Edges:
    """Without any point this is the walking order and nothing else."""
    points = [point_of(building) for building in buildings]
    walls = [side for barrier in brief.barriers for side in pairwise(barrier)]
    close = [[wall for wall in walls if point and _beside(point, wall, brief.reach)] for point in points]

    def is_open(one: int, other: int) -> bool:
        return not any(_cross(points[one], points[other], *wall) for wall in close[one])

    pairs = gabriel(points, brief.reach, is_open if walls else None)
    pairs |= {pair for pair in shared_borders([b.outline for b in buildings]) if is_open(*pair)}
    pairs |= {(i, i + 1) for i, (a, b) in enumerate(pairwise(points)) if a is None or b is None}
    place = {building.key: index for index, building in enumerate(buildings)}
    pairs |= {
        (min(place[one], place[other]), max(place[one], place[other]))
        for one, other in brief.ways
        if one in place and other in place and place[one] != place[other]
    }
    return {pair: metres(points[pair[0]], points[pair[1]]) for pair in sorted(pairs)}


def point_of(building: Building) -> Point | None:
    """The point given, or the middle of the corners."""
    if building.point or not building.outline:
        return building.point
    corners = set(building.outline)
    return sum(x for x, _ in corners) / len(corners), sum(y for _, y in corners) / len(corners)


def metres(one: Point | None, other: Point | None) -> float:
    return nan if one is None or other is None else dist(one, other)


def _beside(point: Point, wall: tuple[Point, Point], reach: float) -> bool:
    """Whether a wall comes within reach, judged by its box."""
    (a, b), (c, d) = wall
    x, y = point
    return min(a, c) - reach <= x <= max(a, c) + reach and min(b, d) - reach <= y <= max(b, d) + reach


def _cross(a: Point | None, b: Point | None, c: Point, d: Point) -> bool:
    """Whether the segments ab and cd meet; a touch counts."""
    if a is None or b is None:
        return False
    if any(max(a[i], b[i]) < min(c[i], d[i]) or max(c[i], d[i]) < min(a[i], b[i]) for i in (0, 1)):
        return False
    return _side(a, b, c) * _side(a, b, d) <= 0 and _side(c, d, a) * _side(c, d, b) <= 0


def _side(a: Point, b: Point, c: Point) -> float:
    turn = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (turn > 0) - (turn < 0)
