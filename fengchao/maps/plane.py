"""The flat sheet a map is drawn on: Web Mercator, so that a base map's square tiles lie on it as they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from fengchao.engines.geometry import Datum, from_wgs84, objects

SIDE, MARGIN = 1000.0, 12.0  # units of the longer side, and around it
FINE = 0.25  # units a border may be straightened by: less than a pixel on any screen
LEAST = 1e-7  # of the world's width: about four metres, should all there is be a point


@dataclass(frozen=True, slots=True)
class Plane:
    """`west`, `north` and `unit` in widths of the world, as tiles count; `datum` is that of the base map."""

    west: float
    north: float
    unit: float
    width: float
    height: float
    datum: Datum = Datum.WGS84

    @classmethod
    def over(cls, shapes: Sequence[BaseGeometry], datum: Datum = Datum.WGS84) -> "Plane":
        left, top, right, bottom = _box(shapely.transform(list(shapes), lambda points: _mercator(points, datum)))
        unit = max(right - left, bottom - top, LEAST) / SIDE
        return cls(left - MARGIN * unit, top - MARGIN * unit, unit, (right - left) / unit + 2 * MARGIN,
                   (bottom - top) / unit + 2 * MARGIN, datum)

    def flat(self, shapes: Iterable[BaseGeometry | None]) -> npt.NDArray[np.object_]:
        """Shapes in units of the sheet, y downwards, no finer than can be seen."""
        return shapely.simplify(shapely.transform(objects(shapes), self._units), FINE)

    def point(self, at: tuple[float, float]) -> tuple[float, float]:
        x, y = self._units(np.array([at]))[0].tolist()
        return x, y

    def _units(self, points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        found: npt.NDArray[np.float64] = (_mercator(points, self.datum) - [self.west, self.north]) / self.unit
        return found


def _mercator(points: npt.NDArray[np.float64], datum: Datum) -> npt.NDArray[np.float64]:
    lon, lat = from_wgs84(points, datum).T
    y = np.arcsinh(np.tan(np.radians(np.clip(lat, -85, 85))))
    return np.column_stack([(lon + 180) / 360, (1 - y / np.pi) / 2])


def _box(shapes: npt.NDArray[np.object_]) -> tuple[float, float, float, float]:
    left, top, right, bottom = shapely.total_bounds(shapes).tolist()
    return left, top, right, bottom


def path(shape: BaseGeometry) -> str:
    """The `d` of an SVG path."""
    rings = (ring for part in shapely.get_parts(shape) for ring in (part.exterior, *part.interiors))
    return "".join(
        "M" + " ".join(f"{x:.1f},{y:.1f}" for x, y in shapely.get_coordinates(ring)[:-1].tolist()) + "Z"
        for ring in rings)
