"""Places on the ground: which datum a file speaks, which outlines may stand, and in whose grid a point lies.

Outlines are shapely polygons in degrees of WGS-84, longitude first. Nothing here knows what an outline is of.
"""

from fengchao.engines.geometry.checking import Bounds, Fault, Piled, check
from fengchao.engines.geometry.datum import Datum, from_wgs84, to_wgs84
from fengchao.engines.geometry.locating import Locator
from fengchao.engines.geometry.shapes import coordinates, distance, objects, placed, polygon, turned
from fengchao.engines.geometry.systems import OtherDatum, Unknown, unrolling

__all__ = [
    "Bounds", "Datum", "Fault", "Locator", "OtherDatum", "Piled", "Unknown", "check", "coordinates", "distance",
    "from_wgs84", "objects", "placed", "polygon", "to_wgs84", "turned", "unrolling",
]  # fmt: skip
