"""GeoJSON, also as older programs write it, with a `crs`."""

import math
from collections.abc import Iterator
from typing import Any

import orjson

from fengchao.base.errors import Refused
from fengchao.maps.formats.ground import ground

FAR = 1e9  # beyond every coordinate of every system; what is further out would overflow on its way to a datum


def features(content: bytes) -> Iterator[dict[str, Any]]:
    try:
        document = orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError:
        raise Refused("map_damaged") from None
    if not isinstance(document, dict):
        raise Refused("map_unknown")
    degrees = ground(_crs(document))
    found = document.get("features", [document])
    if not isinstance(found, list) or document.get("type") == "Topology":
        raise Refused("map_unknown")
    for feature in found:
        if not isinstance(feature, dict):
            raise Refused("map_unknown")
        names = feature.get("properties")
        geometry = feature.get("geometry", feature if "coordinates" in feature else None)
        own = {"id": feature["id"]} if isinstance(feature.get("id"), str | int) else {}
        yield {"names": own | (names if isinstance(names, dict) else {}), "parts": degrees(parts(geometry))}


def _crs(document: dict[str, Any]) -> str:
    crs = document.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    return str(properties.get("name", "")) if isinstance(properties, dict) else ""


def parts(geometry: Any) -> list[Any] | None:
    """The polygons of a geometry as MultiPolygon coordinates, each corner [lon, lat]; None for what is no area.

    A collection counts with what it holds, one inside another does not: nobody draws so.
    """
    if isinstance(geometry, dict) and geometry.get("type") == "GeometryCollection":
        inside = geometry.get("geometries")
        found = [part for one in (inside if isinstance(inside, list) else ()) for part in _polygons(one) or ()]
        return found or None
    return _polygons(geometry)


def _polygons(geometry: Any) -> list[Any] | None:
    if not isinstance(geometry, dict):
        return None
    coordinates = geometry.get("coordinates")
    polygons: Any = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(str(geometry.get("type")))
    try:
        return [[[corner(at) for at in ring] for ring in rings] for rings in polygons] if polygons else None
    except (TypeError, ValueError, IndexError, KeyError, OverflowError):
        return None


def corner(at: Any) -> list[float]:
    lon, lat = float(at[0]), float(at[1])
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise ValueError
    return [max(-FAR, min(lon, FAR)), max(-FAR, min(lat, FAR))]
