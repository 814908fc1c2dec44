"""Map files as people send them, and as nobody should."""

import io
import json
import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import shapefile
from pyproj import Transformer

from fengchao.engines.geometry import Datum, from_wgs84

WEST, SOUTH, STEP = 119.45, 26.13, 0.004
WGS84_PRJ = 'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137,298]]]'
GAUSS_PRJ = ('PROJCS["CGCS2000_3_Degree_GK_Zone_40",' + WGS84_PRJ[:-1].replace("298", "298.257222101") + ','
             'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],'
             'PARAMETER["False_Easting",40500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",120.0],'
             'PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]')
XIAN_PRJ = GAUSS_PRJ.replace("GCS_China_Geodetic_Coordinate_System_2000", "GCS_Xian_1980").replace(
    "D_China_2000", "D_Xian_1980").replace("CGCS2000", "Xian_1980").replace("6378137,298.257222101", "6378140,298.257")
Ring = list[list[float]]


def ring(east: float = 0, north: float = 0, size: float = STEP, datum: Datum = Datum.WGS84) -> Ring:
    """A square of about 400 m, so many squares from the corner, written in `datum`."""
    x, y = WEST + east * STEP, SOUTH + north * STEP
    corners = np.array([[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]])
    return from_wgs84(corners, datum).tolist()


def metres(corners: Ring, zone: bool = True) -> Ring:
    """The same square in the third degree zone at 120 degrees, with its number before the easting or without."""
    flat = Transformer.from_crs(4490, 4528 if zone else 4549, always_xy=True)
    return [list(flat.transform(x, y)) for x, y in corners]


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


def with_parts(package: bytes, **changed: bytes | None) -> bytes:
    """A zipped shapefile with some of its files (by ending) replaced, or left out."""
    with zipfile.ZipFile(io.BytesIO(package)) as whole:
        inside = {name: changed.get(name[-3:], whole.read(name)) for name in whole.namelist()}
    return zipped({name: content for name, content in inside.items() if content is not None})


def renamed(package: bytes, folder: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as whole:
        return zipped({folder + name: whole.read(name) for name in whole.namelist()})


def patched_table() -> bytes:
    """Two lines of UTF-8, the second of which somebody wrote over with an older program."""
    package = shapefile_zip([("第一网格", ring(0)), ("第二网格", ring(1))])
    with zipfile.ZipFile(io.BytesIO(package)) as whole:
        table = whole.read("a.dbf")
    return with_parts(package, dbf=table.replace("第二网格".encode(), "第二网格".encode("gb18030").ljust(12)))


def cut_table() -> bytes:
    """A column of 14 bytes: four characters of UTF-8 and two thirds of the fifth."""
    package = shapefile_zip([("第一网格东", ring(0))])
    with zipfile.ZipFile(io.BytesIO(package)) as whole:
        table = whole.read("a.dbf")
    whole_name = "第一网格东".encode()
    return with_parts(package, dbf=table.replace(whole_name, whole_name[:14] + b" "))
