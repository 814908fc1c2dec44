"""Polygons from and to coordinates, and metres where only degrees are given."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from fengchao.engines.geometry.datum import Datum, Degrees, to_wgs84

METRES = 111_320.0  # of a degree of latitude, and of longitude at the equator
EXACT = 7  # digits of a degree kept: a centimetre
Rings = Sequence[Sequence[Sequence[float]]]  # a shell, then its holes: GeoJSON's Polygon


def polygon(parts: Sequence[Rings]) -> MultiPolygon | None:
    """GeoJSON's MultiPolygon coordinates as a shape; None when there is none or a ring has fewer than three corners."""
    shells = []
    for rings in parts:
        if not rings or any(len(ring) < 3 for ring in rings):
            return None
        shells.append(Polygon(rings[0], rings[1:]))
    return MultiPolygon(shells) if shells else None


def placed(shapes: Iterable[BaseGeometry | None], datum: Datum) -> list[BaseGeometry | None]:
    """Shapes in degrees of `datum` where they are, all in one go; None stays None."""
    given = objects(shapes)
    moved: list[BaseGeometry | None] = shapely.transform(given, lambda points: to_wgs84(points, datum)).tolist()
    return moved


def objects(shapes: Iterable[BaseGeometry | None]) -> npt.NDArray[np.object_]:
    """An array of shapes, which numpy must not take apart into their coordinates."""
    return np.array([*shapes, None], dtype=object)[:-1]


def coordinates(shape: BaseGeometry) -> list[list[list[list[float]]]]:
    """What `polygon` reads, rounded to centimetres."""
    parts = shape.geoms if isinstance(shape, MultiPolygon) else [shape]
    return [[_ring(ring) for ring in (part.exterior, *part.interiors)] for part in parts]


def _ring(ring: BaseGeometry) -> list[list[float]]:
    points: Degrees = shapely.get_coordinates(ring)
    rounded: list[list[float]] = points.round(EXACT).tolist()
    return rounded


def in_metres(shapes: npt.NDArray[np.object_], latitude: float) -> npt.NDArray[np.object_]:
    """The same shapes on a flat plane that is true to scale near `latitude`; None stays None."""
    scale = np.array([METRES * np.cos(np.radians(latitude)), METRES])
    flat: npt.NDArray[np.object_] = shapely.transform(shapes, lambda points: points * scale)
    return flat


def turned(shape: BaseGeometry) -> BaseGeometry:
    """With longitude and latitude in each other's place."""
    other: BaseGeometry = shapely.transform(shape, lambda points: points[:, ::-1])
    return other


def distance(one: BaseGeometry, other: BaseGeometry) -> float:
    """Metres between two shapes that are near each other."""
    flat = in_metres(objects([one, other]), float(shapely.get_coordinates(one)[:, 1].mean()))
    return float(shapely.distance(flat[0], flat[1]))
