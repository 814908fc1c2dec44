"""The datums that maps of China come in, and the way to WGS-84.

GCJ-02 moves every point by 300 to 800 m along waves of its own place; BD-09 turns and moves GCJ-02 once more. The
formulas are public knowledge; their usual inverses are approximations that leave up to two metres. Here the inverse is
iterated until nothing moves, so there and back is the same point (to less than a millimetre). CGCS2000 differs from
WGS-84 by centimetres and is taken as it is.
"""

from collections.abc import Callable
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Degrees = npt.NDArray[np.float64]  # of shape (n, 2), longitude first

CHINA = (73.0, 3.0, 136.0, 54.0)  # west, south, east, north: generous, the sea included
KRASOVSKY_A, KRASOVSKY_E2 = 6378245.0, 0.00669342162296594323
BAIDU = np.pi * 3000.0 / 180.0
ROUNDS = 6  # each makes the rest about a thousand times smaller


class Datum(StrEnum):
    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


def to_wgs84(points: Degrees, datum: Datum) -> Degrees:
    """Points of a file, named in its datum, where they are."""
    if datum is Datum.WGS84:
        return points
    gcj = _undo(_to_bd09, points) if datum is Datum.BD09 else points
    return _undo(_to_gcj02, gcj)


def from_wgs84(points: Degrees, datum: Datum) -> Degrees:
    """Where points are to be drawn on somebody's map that is kept in `datum`."""
    if datum is Datum.WGS84:
        return points
    gcj = _to_gcj02(points)
    return _to_bd09(gcj) if datum is Datum.BD09 else gcj


def _undo(forward: Callable[[Degrees], Degrees], points: Degrees) -> Degrees:
    found = points
    for _ in range(ROUNDS):
        found = found - (forward(found) - points)
    return found


def _to_gcj02(points: Degrees) -> Degrees:
    lon, lat = points[:, 0], points[:, 1]
    west, south, east, north = CHINA
    inside = (lon > west) & (lon < east) & (lat > south) & (lat < north)
    x, y = lon - 105.0, lat - 35.0
    common = 20 * np.sin(6 * np.pi * x) + 20 * np.sin(2 * np.pi * x)
    eastward = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x)) + (2 / 3) * (
        common + 20 * np.sin(np.pi * x) + 40 * np.sin(np.pi / 3 * x)
        + 150 * np.sin(np.pi / 12 * x) + 300 * np.sin(np.pi / 30 * x))
    northward = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x)) + (2 / 3) * (
        common + 20 * np.sin(np.pi * y) + 40 * np.sin(np.pi / 3 * y)
        + 160 * np.sin(np.pi / 12 * y) + 320 * np.sin(np.pi / 30 * y))
    phi = np.radians(lat)
    bulge = 1 - KRASOVSKY_E2 * np.sin(phi) ** 2
    metres_north = KRASOVSKY_A * (1 - KRASOVSKY_E2) / bulge**1.5
    metres_east = KRASOVSKY_A / np.sqrt(bulge) * np.cos(phi)
    shift = np.degrees(np.column_stack([eastward / metres_east, northward / metres_north]))
    return np.where(inside[:, None], points + shift, points)


def _to_bd09(points: Degrees) -> Degrees:
    x, y = points[:, 0], points[:, 1]
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * BAIDU)
    turned = np.arctan2(y, x) + 0.000003 * np.cos(x * BAIDU)
    return np.column_stack([radius * np.cos(turned) + 0.0065, radius * np.sin(turned) + 0.006])
