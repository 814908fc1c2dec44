"""Map files as people send them, and as nobody should."""

import io
import json
import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import shapefile

from fengchao.engines.geometry import Datum, from_wgs84

WEST, SOUTH, STEP = 119.45, 26.13, 0.004
WGS84_PRJ = 'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137,298]]]'
GAUSS_PRJ = 'PROJCS["CGCS2000_3_Degree_GK_CM_120E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000"]]'
Ring = list[list[float]]


def ring(east: float = 0, north: float = 0, size: float = STEP, datum: Datum = Datum.WGS84) -> Ring:
    """A square of about 400 m, so many squares from the corner, written in `datum`."""
    x, y = WEST + east * STEP, SOUTH + north * STEP
    corners = np.array([[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]])
    return from_wgs84(corners, datum).tolist()


def feature(corners: Ring, **names: object) -> dict:
    return {"type": "Feature", "properties": names, "geometry": {"type": "Polygon", "coordinates": [corners]}}


def geojson(features: Iterable[dict], **more: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}, ensure_ascii=False).encode()


def kml(places: Iterable[tuple[str, Ring]], before: str = "") -> bytes:
    marks = "".join(
        f'<Placemark><name>{name}</name><ExtendedData><Data name="code"><value>{name}</value></Data></ExtendedData>'
        "<Polygon><outerBoundaryIs><LinearRing><coordinates>"
        + " ".join(f"{x},{y},0" for x, y in corners)
        + "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
        for name, corners in places)
    return f'<?xml version="1.0"?>{before}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{marks}</Document></kml>'.encode()


def shapefile_zip(places: Iterable[tuple[str, Ring]], encoding: str = "utf-8", prj: str = WGS84_PRJ) -> bytes:
    shp, shx, dbf = io.BytesIO(), io.BytesIO(), io.BytesIO()
    with shapefile.Writer(shp=shp, shx=shx, dbf=dbf, shapeType=shapefile.POLYGON, encoding=encoding) as writer:
        writer.field("名称" if encoding == "gb18030" else "NAME", "C", 60)
        for name, corners in places:
            writer.poly([corners[::-1]])
            writer.record(name)
    return zipped({"a.shp": shp.getvalue(), "a.shx": shx.getvalue(), "a.dbf": dbf.getvalue(), "a.prj": prj.encode()})


def zipped(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, inside in files.items():
            package.writestr(name, inside)
    return content.getvalue()


def zip_bomb(megabytes: int = 12) -> bytes:
    return zipped({"a.shp": bytes(megabytes * 1024 * 1024), "a.dbf": b""})


def lying_zip_bomb() -> bytes:
    """The directory says a thousand bytes, the member unpacks to five million."""
    content = bytearray(zipped({"a.kml": b"<kml>" + b" " * 5_000_000 + b"</kml>"}))
    entry = content.rfind(b"PK\x01\x02")
    content[entry + 24:entry + 28] = struct.pack("<I", 1000)
    return bytes(content)


def billion_laughs() -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return kml([("&l9;", ring())], f'<!DOCTYPE kml [<!ENTITY l0 "lol">{levels}]>')


def outside_entity() -> bytes:
    return kml([("&x;", ring())], '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>')


def late_entity() -> bytes:
    """The document type stands behind more white space than anybody looks at."""
    return kml([("&x;", ring())], " " * 10_000 + '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>')


def endless_corners(count: int = 550_000) -> bytes:
    corners = b",".join([b"[119.3,25.7]"] * count)
    return b'{"type":"Polygon","coordinates":[[' + corners + b"]]}"


def deep(levels: int = 5000) -> bytes:
    return b'{"type":"Polygon","coordinates":' + b"[" * levels + b"]" * levels + b"}"


def crowd(count: int = 10_001) -> bytes:
    return geojson([feature([[119, 25], [119.1, 25], [119.1, 25.1]])] * count)


def crafted_shapefile() -> bytes:
    """A record that claims two thousand million points."""
    content = zipfile.ZipFile(io.BytesIO(shapefile_zip([("1", ring())])))
    files = {name: content.read(name) for name in content.namelist()}
    shp = bytearray(files["a.shp"])
    shp[100 + 8 + 40:100 + 8 + 44] = struct.pack("<i", 2_000_000_000)
    return zipped(files | {"a.shp": bytes(shp)})


def saved(folder: Path, content: bytes) -> Path:
    path = folder / "map"
    path.write_bytes(content)
    return path
