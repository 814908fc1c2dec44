"""GeoJSON, KML and shapefiles as features: what each calls itself, and its polygons. Runs inside the guarded process.

What an uploaded file is is decided by its content. A feature goes back as

    {"names": {column: text}, "parts": GeoJSON's MultiPolygon coordinates, or None for what is no area}
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from fengchao.base.errors import Refused
from fengchao.maps import errors  # noqa: F401  (registers the sentences)
from fengchao.maps.formats import geojson, kml, shapefiles
from fengchao.sheets.limits import LIMITS, MB, Limits

MAP_LIMITS = replace(LIMITS, file_bytes=30 * MB, unzipped_bytes=200 * MB, parts=200, memory=900 * MB, cpu_seconds=20,
                     wait_seconds=30, output_bytes=MB)
FEATURES = 10_000
CORNERS = 500_000  # of all features together: a district with every building has a tenth of that
COLUMNS, LETTERS = 40, 120  # of what features say of themselves
Feature = dict[str, Any]


def read(*, path: str, limits: Limits) -> Iterator[Feature]:
    """The function to call under guard."""
    return features(Path(path).read_bytes(), limits)


def features(content: bytes, limits: Limits = MAP_LIMITS) -> Iterator[Feature]:
    corners = 0
    for nth, feature in enumerate(_drawn(content, limits), 1):
        corners += sum(len(ring) for part in feature["parts"] or () for ring in part)
        if nth > FEATURES or corners > CORNERS:
            raise Refused("map_too_much", features=FEATURES, corners=CORNERS)
        names = list(feature["names"].items())[:COLUMNS]
        yield {"names": {_text(key): _text(value) for key, value in names}, "parts": feature["parts"]}


def _drawn(content: bytes, limits: Limits) -> Iterator[Feature]:
    if not content.strip():
        raise Refused("map_empty")
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return geojson.features(content)
    if start.startswith(b"<"):
        return kml.features(content)
    if start.startswith(b"PK\x03\x04"):
        return _zipped(content, limits)
    raise Refused("map_unknown")


def _zipped(content: bytes, limits: Limits) -> Iterator[Feature]:
    """A shapefile is several files; KMZ is a zipped KML."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = {info.filename: info for info in package.infolist() if not _hidden(info.filename)}
            if len(members) > limits.parts or sum(info.file_size for info in members.values()) > limits.unzipped_bytes:
                raise Refused("map_bomb")
            files = {name.lower(): _unpack(package, info, limits) for name, info in members.items()
                     if name.lower().endswith((".shp", ".shx", ".dbf", ".prj", ".cpg", ".kml"))}
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, RuntimeError, NotImplementedError, zlib.error):
        raise Refused("map_damaged") from None
    for name, inside in files.items():
        if name.endswith(".kml"):
            return kml.features(inside)
    return shapefiles.features(files)


def _hidden(name: str) -> bool:
    return name.startswith("__MACOSX") or name.rpartition("/")[2].startswith(".")


def _unpack(package: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> bytes:
    """No more than the directory says, whatever the member holds: a directory can lie."""
    with package.open(info) as member:
        content = member.read(info.file_size + 1)
    if len(content) > info.file_size:
        raise Refused("map_bomb")
    return content


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a code that went through a spreadsheet
    return "" if value is None or isinstance(value, dict | list) else str(value).replace("\0", "").strip()[:LETTERS]
