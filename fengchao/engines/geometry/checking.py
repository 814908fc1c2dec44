"""Which outlines may stand: whole, in China, of a plausible size, near the others, and on nobody else's ground."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from fengchao.engines.geometry.datum import CHINA
from fengchao.engines.geometry.shapes import in_metres, objects

Shapes = npt.NDArray[np.object_]
PAIRS = 16  # boxes that meet for each outline, on average: those of a map of neighbours meet about four
AT_ONCE = 64  # outlines whose pairs are held in memory while they are counted
PLACE = re.compile(r"\[(-?[\d.e+-]+) (-?[\d.e+-]+)\]")  # how GEOS says where it went wrong


@dataclass(frozen=True, slots=True)
class Bounds:
    """Square metres an outline may have, metres it may lie from the centre, and the share of the smaller of two
    outlines that may be covered by the larger: neighbours' borders are never drawn quite alike. Without a share they
    are not held against each other."""

    least: float
    most: float
    reach: float
    overlap: float | None = 0.02


@dataclass(frozen=True, slots=True)
class Fault:
    """Why outline `which` may not stand. `at` is where to look, in degrees; `amount` in the unit of its code:
    kilometres for far_away, square metres for sizes and overlaps; `other` the outline that is overlapped."""

    which: int
    code: str  # no_area | outside_china | swapped | self_crossing | too_small | too_large | far_away | overlap
    at: tuple[float, float] | None = None
    amount: float = 0.0
    other: int | None = None


class Piled(ValueError):
    """So many outlines lie on each other that to name every pair would help nobody, and take minutes."""


def check(outlines: Sequence[BaseGeometry | None], bounds: Bounds, centre: tuple[float, float] | None = None,
          standing: Sequence[BaseGeometry] = ()) -> list[Fault]:
    """The faults of `outlines`, in their order; the first of each outline is the one to mend first.

    `centre`: where they belong, else the middle of them all. `standing` outlines are taken as right: an overlap with
    one of them names it by len(outlines) + its place. Raises Piled.
    """
    shapes = objects(outlines)
    faults: dict[int, list[Fault]] = {which: [] for which in range(len(shapes))}
    for fault in _each(shapes):
        faults[fault.which].append(fault)
    sound = np.array([which for which, found in faults.items() if not found], dtype=int)
    if len(sound):
        middle = centre or _middle(shapes[sound])
        for fault in _sizes(shapes, sound, bounds, middle):
            faults[fault.which].append(fault)
        if bounds.overlap is not None:
            for fault in _overlaps(shapes, sound, bounds.overlap, standing, middle[1]):
                faults[fault.which].append(fault)
    return [fault for found in faults.values() for fault in found]


def _each(shapes: Shapes) -> Iterator[Fault]:
    """What is wrong with an outline by itself, one fault each."""
    west, south, east, north = CHINA
    boxes = shapely.bounds(shapes)
    whole = shapely.is_valid(shapes)
    for which, (shape, (left, bottom, right, top)) in enumerate(zip(shapes, boxes, strict=True)):
        if shape is None or shape.is_empty:
            yield Fault(which, "no_area")
        elif not (west < left and right < east and south < bottom and top < north):
            x, y = float(left + right) / 2, float(bottom + top) / 2
            if west < bottom and top < east and south < left and right < north:
                yield Fault(which, "swapped", at=(y, x))  # where it would lie when turned
            else:
                yield Fault(which, "outside_china", at=(x, y) if abs(x) <= 180 and abs(y) <= 90 else None)
        elif not whole[which]:
            place = PLACE.search(shapely.is_valid_reason(shape))
            yield Fault(which, "self_crossing", at=(float(place[1]), float(place[2])) if place else None)


def _middle(shapes: Shapes) -> tuple[float, float]:
    """The median, which one outline on the moon does not move."""
    centres = shapely.get_coordinates(shapely.centroid(shapes))
    return float(np.median(centres[:, 0])), float(np.median(centres[:, 1]))


def _sizes(shapes: Shapes, sound: npt.NDArray[np.int_], bounds: Bounds, middle: tuple[float, float]) -> Iterator[Fault]:
    flat = in_metres(shapes[sound], middle[1])
    home = in_metres(objects([Point(middle)]), middle[1])[0]
    areas, away = shapely.area(flat), shapely.distance(flat, home)
    for which, area, metres in zip(sound.tolist(), areas.tolist(), away.tolist(), strict=True):
        if metres > bounds.reach:
            yield Fault(which, "far_away", at=_inside(shapes[which]), amount=metres / 1000)
        elif not bounds.least <= area <= bounds.most:
            yield Fault(which, "too_small" if area < bounds.least else "too_large", _inside(shapes[which]), area)


def _overlaps(shapes: Shapes, sound: npt.NDArray[np.int_], allowed: float, standing: Sequence[BaseGeometry],
              latitude: float) -> Iterator[Fault]:
    """Both of a pair are named: only a person knows which of the two is wrong."""
    numbers = [*sound.tolist(), *range(len(shapes), len(shapes) + len(standing))]
    ground = objects([*shapes[sound], *standing])
    flat = in_metres(ground, latitude)
    one, other = _pairs(flat, len(sound))
    shared = shapely.area(shapely.intersection(flat[one], flat[other]))
    smaller = np.minimum(shapely.area(flat[one]), shapely.area(flat[other]))
    for a, b, metres in zip(*(part[shared > allowed * smaller].tolist() for part in (one, other, shared)),
                            strict=True):
        at = _inside(shapely.intersection(ground[a], ground[b]))
        yield Fault(numbers[a], "overlap", at, metres, numbers[b])
        if b < len(sound):
            yield Fault(numbers[b], "overlap", at, metres, numbers[a])


def _pairs(flat: Shapes, asked: int) -> tuple[npt.NDArray[np.int_], npt.NDArray[np.int_]]:
    """Which of the first so many meet a later one; two that stand already are not asked about.

    Boxes are counted first: identical outlines make pairs by the square, each as dear as its corners are many.
    """
    tree = shapely.STRtree(flat)
    met, most = 0, PAIRS * len(flat)
    for begin in range(0, asked, AT_ONCE):
        one, other = tree.query(flat[begin:min(begin + AT_ONCE, asked)])
        met += int((one + begin < other).sum())
        if met > most:
            raise Piled
    one, other = tree.query(flat[:asked], predicate="intersects")
    pair = one < other
    return one[pair], other[pair]


def _inside(shape: BaseGeometry) -> tuple[float, float]:
    point = shape.representative_point()
    return point.x, point.y
