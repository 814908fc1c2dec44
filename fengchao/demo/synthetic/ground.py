"""Where a made-up community lies: compounds as blocks between streets, buildings in rows, grids over their ground.

Every building has a lot; the lots of a band of blocks fill it without a gap, streets included, so that the lots of a
grid's buildings together are its border. Buildings are laid in their order, down one column of lots and up the next,
which keeps a grid in one piece. Lengths are in metres, from the south-west corner of the community.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, cos, radians, sin, sqrt
from random import Random

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

from fengchao.demo.synthetic.community import Community
from fengchao.demo.synthetic.model import Building

ORIGIN = (119.33, 25.69)  # 宏路, as far as anything here is anywhere
APART = 0.03  # degrees between communities, so that those of a district lie side by side
TURN = radians(7)  # no town is laid out exactly to the north
STREET, BAND = 18.0, 900.0  # a street's width; metres from west to east until the next row of blocks
# metres: depth of a building, width of an entrance, and the ground around it
SIZES = {"managed": (14, 24, 16, 22), "unmanaged": (11, 15, 10, 12), "urban_village": (11, 10, 3, 4)}


@dataclass(frozen=True, slots=True)
class Ground:
    """Outlines by the key of a building, borders by the code of a grid; both WGS-84."""

    outlines: dict[int, MultiPolygon]
    borders: dict[int, MultiPolygon]


@dataclass(frozen=True, slots=True)
class _Block:
    """The buildings of one compound in columns of lots, and the metres it would like to have."""

    columns: list[list[Building]]
    width: float
    height: float
    kind: str


def ground(made: Community) -> Ground:
    kinds = {compound.key: compound.kind for compound in made.compounds}
    rng = Random(f"{made.seed}:{made.code}:ground")
    lots = dict(_lots([_block(list(group), kinds[key]) for key, group in groupby(
        made.buildings, lambda building: building.compound)]))
    outlines = {building.key: _outline(rng, building, kinds[building.compound], lots[building.key])
                for building in made.buildings}
    borders = {code: shapely.union_all([box(*lots[b.key]) for b in made.buildings if b.grid == code])
               for code in made.grids}
    return Ground(_placed(made.code, outlines), _placed(made.code, borders))


def _block(buildings: list[Building], kind: str) -> _Block:
    """About as wide as it is high."""
    depth, entrance, beside, behind = SIZES[kind]
    wide, high = entrance * max(b.entrances for b in buildings) + beside, depth + behind
    rows = max(1, ceil(sqrt(len(buildings) * wide / high)))
    columns = [buildings[at:at + rows] for at in range(0, len(buildings), rows)]
    return _Block(columns, len(columns) * wide + STREET, rows * high + STREET, kind)


Lot = tuple[float, float, float, float]  # west, south, east, north


def _lots(blocks: Sequence[_Block]) -> Iterator[tuple[int, Lot]]:
    """Row by row from the north, every other one from the east, as somebody would walk it."""
    north, eastward, downward = 0.0, True, True
    for row in _rows(blocks):
        south = north - max(block.height for block in row)
        stretch = BAND / sum(block.width for block in row)
        west = 0.0 if eastward else BAND
        for block in row:
            width = block.width * stretch
            corner = west if eastward else west - width
            for nth, column in enumerate(block.columns):
                step = width / len(block.columns)
                left = corner + (nth if eastward else len(block.columns) - 1 - nth) * step
                for building, (bottom, top) in zip(column, _cuts(south, north, len(column), downward), strict=True):
                    yield building.key, _exact(left, bottom, left + step, top)
                downward = not downward
            west += width if eastward else -width
        north, eastward, downward = south, not eastward, True


def _exact(*edges: float) -> Lot:
    """To the centimetre, so that neighbours share their edge to the last digit."""
    west, south, east, north = (round(edge, 2) for edge in edges)
    return west, south, east, north


def _rows(blocks: Sequence[_Block]) -> Iterator[list[_Block]]:
    row: list[_Block] = []
    for block in blocks:
        if row and sum(b.width for b in row) + block.width / 2 > BAND:
            yield row
            row = []
        row.append(block)
    if row:
        yield row


def _cuts(south: float, north: float, count: int, downward: bool) -> list[tuple[float, float]]:
    step = (north - south) / count
    cuts = [(north - (n + 1) * step, north - n * step) for n in range(count)]
    return cuts if downward else cuts[::-1]


def _outline(rng: Random, building: Building, kind: str, lot: Lot) -> BaseGeometry:
    """In the middle of its lot, with a step in its front if it is long, and never over the edge."""
    west, south, east, north = lot
    deep, entrance, *_ = SIZES[kind]
    width = min(entrance * building.entrances, (east - west) * 0.84)
    depth = min(deep * rng.uniform(0.9, 1.15), (north - south) * 0.8)
    x = west + (east - west - width) * rng.uniform(0.35, 0.65)
    y = south + (north - south - depth) * rng.uniform(0.35, 0.65)
    if building.entrances == 1:
        return box(x, y, x + width, y + depth)
    front = depth * 0.18
    middle = x + width * 0.5
    return Polygon([(x, y), (middle, y), (middle, y + front), (x + width, y + front), (x + width, y + depth),
                    (middle, y + depth), (middle, y + depth - front), (x, y + depth - front)])


def _placed(code: int, shapes: dict[int, BaseGeometry]) -> dict[int, MultiPolygon]:
    """Turned a little and laid where communities of this number lie."""
    street, number = code // 1000 % 1000, code % 1000
    lon, lat = ORIGIN[0] + (number % 10) * APART, ORIGIN[1] + (number // 10 + street % 20 * 3) * APART
    east, north = 1 / (111_320 * cos(radians(lat))), 1 / 111_320

    def turn(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        x, y = points.T
        return np.column_stack([lon + (x * cos(TURN) - y * sin(TURN)) * east,
                                lat + (x * sin(TURN) + y * cos(TURN)) * north])

    return {key: _multi(shapely.transform(shape, turn)) for key, shape in shapes.items()}


def _multi(shape: BaseGeometry) -> MultiPolygon:
    return shape if isinstance(shape, MultiPolygon) else MultiPolygon([shape])
