"""Shapefiles as their several files, in degrees; what is drawn in metres must be exported again."""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import shapefile

from fengchao.base.errors import Refused
from fengchao.maps.formats.geojson import parts

shapefile.VERBOSE = False
ENCODINGS = ("utf-8", "gb18030")  # ArcGIS and QGIS of this country, new and old


def features(files: Mapping[str, bytes]) -> Iterator[dict[str, Any]]:
    drawn = [name for name in files if name.endswith(".shp")]
    if not drawn:
        raise Refused("map_unknown")
    if len(drawn) > 1:
        raise Refused("map_several")
    stem = drawn[0].removesuffix(".shp")
    if stem + ".dbf" not in files:
        raise Refused("map_no_dbf")
    projection = files.get(stem + ".prj", b"").decode("utf-8", "ignore").strip()
    if projection.upper().startswith("PROJC"):
        system = re.search(r'"([^"]{1,60})"', projection)
        raise Refused("map_projected", system=system[1] if system else "PROJCS")
    for encoding in ENCODINGS:
        try:
            yield from list(_records(files, stem, encoding))
            return
        except MemoryError:
            raise
        except Exception:  # the library raises whatever it stumbles over, a wrong encoding included
            continue
    raise Refused("map_damaged")


def _records(files: Mapping[str, bytes], stem: str, encoding: str) -> Iterator[dict[str, Any]]:
    shx = io.BytesIO(files[stem + ".shx"]) if stem + ".shx" in files else None
    with shapefile.Reader(shp=io.BytesIO(files[stem + ".shp"]), shx=shx, dbf=io.BytesIO(files[stem + ".dbf"]),
                          encoding=encoding) as reader:
        for found in reader.iterShapeRecords():
            area = found.shape.shapeTypeName.startswith("POLYGON")
            yield {"names": found.record.as_dict(date_strings=True),
                   "parts": parts(found.shape.__geo_interface__) if area else None}
