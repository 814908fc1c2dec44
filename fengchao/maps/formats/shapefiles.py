"""Shapefiles as their several files; the system of their coordinates stands in the .prj."""

import io
from collections.abc import Iterator, Mapping
from typing import Any

import shapefile

from fengchao.base.errors import Refused
from fengchao.maps.formats.geojson import parts
from fengchao.maps.formats.ground import ground

shapefile.VERBOSE = False


def features(files: Mapping[str, bytes]) -> Iterator[dict[str, Any]]:
    drawn = [name for name in files if name.endswith(".shp")]
    if not drawn:
        raise Refused("map_unknown")
    if len(drawn) > 1:
        raise Refused("map_several")
    stem = drawn[0].removesuffix(".shp")
    if stem + ".dbf" not in files:
        raise Refused("map_no_dbf")
    degrees = ground(files.get(stem + ".prj", b"").decode("utf-8-sig", "ignore").strip())
    try:
        found = list(_records(files, stem))
    except MemoryError:
        raise
    except Exception:  # the library raises whatever it stumbles over
        raise Refused("map_damaged") from None
    yield from ({"names": names, "parts": degrees(drawing)} for names, drawing in found)


def _records(files: Mapping[str, bytes], stem: str) -> Iterator[tuple[dict[str, Any], Any]]:
    shx = io.BytesIO(files[stem + ".shx"]) if stem + ".shx" in files else None
    with shapefile.Reader(shp=io.BytesIO(files[stem + ".shp"]), shx=shx, dbf=io.BytesIO(files[stem + ".dbf"]),
                          encoding="ascii", encodingErrors="surrogateescape") as reader:
        for found in reader.iterShapeRecords():
            area = found.shape.shapeTypeName.startswith("POLYGON")
            names = {_text(key): _text(value) for key, value in found.record.as_dict(date_strings=True).items()}
            yield names, parts(found.shape.__geo_interface__) if area else None


def _text(value: Any) -> Any:
    """UTF-8 or the GBK of older programs, each value by itself: tables are patched together, and what says which of
    the two it is (.cpg) is often wrong. A column too narrow cuts a character of UTF-8 in two."""
    if not isinstance(value, str):
        return value
    raw = value.encode("utf-8", "surrogateescape")
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        before = raw[:error.start].decode()
        if error.reason == "unexpected end of data" and not before.isascii():
            return before
        return raw.decode("gb18030", "replace")
