"""KML, which is always WGS-84 by its own word, and often GCJ-02 in truth: the datum is asked for all the same."""

import io
from collections.abc import Iterator
from typing import Any

from lxml import etree

from fengchao.base.errors import Refused
from fengchao.maps.formats.geojson import corner


def features(content: bytes) -> Iterator[dict[str, Any]]:
    """Nothing is expanded, fetched or kept: a document type is refused before a parser sees it."""
    if b"<!DOCTYPE" in content[:4096].upper() or b"<!ENTITY" in content.upper():
        raise Refused("map_entities")
    reading = etree.iterparse(io.BytesIO(content), tag="{*}Placemark", resolve_entities=False, no_network=True,
                              load_dtd=False, huge_tree=False)
    try:
        for _, mark in reading:
            yield {"names": dict(_names(mark)), "parts": _parts(mark)}
            mark.clear()
    except etree.XMLSyntaxError:
        raise Refused("map_damaged") from None
    if etree.QName(reading.root).localname != "kml":
        raise Refused("map_unknown")


def _names(mark: etree._Element) -> Iterator[tuple[str, str]]:
    for name in mark.iterfind("{*}name"):
        yield "name", name.text or ""
    for data in mark.iterfind(".//{*}Data"):
        yield data.get("name", ""), data.findtext("{*}value") or ""
    for data in mark.iterfind(".//{*}SimpleData"):
        yield data.get("name", ""), data.text or ""


def _parts(mark: etree._Element) -> list[Any] | None:
    try:
        found = [[_ring(ring) for side in ("outer", "inner") for ring in polygon.iterfind(
            f"{{*}}{side}BoundaryIs/{{*}}LinearRing/{{*}}coordinates")] for polygon in mark.iterfind(".//{*}Polygon")]
    except (ValueError, IndexError):
        return None
    return found or None


def _ring(coordinates: etree._Element) -> list[list[float]]:
    return [corner(at.split(",")) for at in (coordinates.text or "").split()]
