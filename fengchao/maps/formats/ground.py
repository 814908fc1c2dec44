"""From the coordinates of a file to degrees, by the system it names; refused in words where that cannot be done."""

from collections.abc import Callable
from typing import Any

import numpy as np

from fengchao.base.errors import Refused
from fengchao.engines.geometry import OtherDatum, Unknown, unrolling

Parts = list[Any] | None  # GeoJSON's MultiPolygon coordinates
TURN = 360.0  # no degree is larger, and no metre of a projection in this country as small


def ground(said: str) -> Callable[[Parts], Parts]:
    """What makes degrees of a feature's coordinates. `said`: the file's system, empty when it names none."""
    if not said:
        return _degrees
    try:
        unrolled = unrolling(said)
    except OtherDatum as other:
        raise Refused("map_old_datum", system=str(other)[:60]) from None
    except Unknown as unknown:
        raise Refused("map_projected", system=str(unknown)[:60]) from None
    if unrolled is None:
        return lambda parts: parts
    return lambda parts: parts and [[unrolled(np.array(ring)).tolist() if ring else ring for ring in rings]
                                    for rings in parts]


def _degrees(parts: Parts) -> Parts:
    """A file that names no system is in degrees, unless its first corner says that it is not."""
    first = next((corner for rings in parts or () for ring in rings for corner in ring), (0.0, 0.0))
    if min(map(abs, first)) > TURN:
        raise Refused("map_metres")
    return parts
