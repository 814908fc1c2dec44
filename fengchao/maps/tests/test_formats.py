"""Files as drawing programs export them are read alike; files made to kill a reader are refused in words."""

import json
import resource
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fengchao.base.errors import Refused
from fengchao.maps.actions import READING
from fengchao.maps.formats import MAP_LIMITS, features, read
from fengchao.maps.tests import files
from fengchao.maps.tests.files import feature, geojson, kml, ring, saved, shapefile_zip
from fengchao.sheets import guard
from fengchao.sheets.limits import MB

SMALL = replace(MAP_LIMITS, memory=500 * MB, unzipped_bytes=10 * MB, cpu_seconds=10, wait_seconds=20)
TWO = [("第一网格", ring(0)), ("第二网格", ring(1))]
METRES = [(name, files.metres(corners)) for name, corners in TWO]


def named(system: object) -> dict:
    return {"type": "name", "properties": {"name": system}}


@pytest.mark.parametrize(("content", "column"), [
    (geojson(feature(corners, NAME=name) for name, corners in TWO), "NAME"),
    (kml(TWO), "name"),
    (files.zipped({"doc.kml": kml(TWO)}), "name"),
    (shapefile_zip(TWO), "NAME"),
    (shapefile_zip(TWO, encoding="gb18030"), "名称"),
    (files.patched_table(), "NAME"),
    (files.with_parts(shapefile_zip(TWO, encoding="gb18030"), cpg=b"UTF-8"), "名称"),
    (files.with_parts(shapefile_zip(TWO), shx=None, prj=None), "NAME"),
    (files.renamed(shapefile_zip(TWO), "../../../../tmp/"), "NAME"),
    (files.renamed(shapefile_zip(TWO), "C:\\\\地图\\"), "NAME"),
    (shapefile_zip(METRES, prj=files.GAUSS_PRJ), "NAME"),
    (shapefile_zip([(name, files.metres(corners, zone=False)) for name, corners in TWO], prj=files.GAUSS_PRJ), "NAME"),
    (geojson((feature(corners, NAME=name) for name, corners in METRES), crs=named("EPSG:4528")), "NAME"),
], ids=["geojson", "kml", "kmz", "shapefile", "shapefile in gb18030", "table in two encodings", "a cpg that is wrong",
        "no shx and no prj", "a path upwards", "a path of Windows", "metres", "metres without their zone",
        "geojson in metres"])
def test_the_same_places_are_read_from_every_format(tmp_path, content, column):
    found = list(read(path=str(saved(tmp_path, content)), limits=MAP_LIMITS))
    assert [one["names"][column] for one in found] == ["第一网格", "第二网格"]
    for one, (_, corners) in zip(found, TWO, strict=True):
        west, south, east, north = corners[0] + corners[2]
        box = {(round(x, 8), round(y, 8)) for x, y in one["parts"][0][0]}
        assert box == {(round(x, 8), round(y, 8)) for x in (west, east) for y in (south, north)}


def test_what_is_no_area_is_read_and_said_to_be_none(tmp_path):
    point = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [119, 25]}}
    broken = feature([["a", "b"]])  # type: ignore[list-item]
    content = geojson([point, broken, feature([]) | {"geometry": None}, feature([[119, None]])])
    assert [one["parts"] for one in read(path=str(saved(tmp_path, content)), limits=MAP_LIMITS)] == [None] * 4


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
@pytest.mark.parametrize("make", [kml, shapefile_zip])
def test_a_corner_that_is_no_number_is_no_area(make, number):
    corners = [*ring()[:2], [number, number], *ring()[2:]]
    assert [one["parts"] for one in features(make([("1", corners)]))] == [None]


def test_a_name_that_its_column_cuts_in_two_keeps_its_whole_characters():
    assert [one["names"]["NAME"] for one in features(files.cut_table())] == ["第一网格"]


def test_a_code_that_went_through_a_spreadsheet_is_a_code_again(tmp_path):
    content = geojson([feature(ring(), code=350181005004001.0)])
    assert next(read(path=str(saved(tmp_path, content)), limits=MAP_LIMITS))["names"] == {"code": "350181005004001"}


junk = st.recursive(st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=3),
                    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(
                        st.sampled_from(["type", "name", "geometry", "coordinates", "properties"]), inside, max_size=3),
                    max_leaves=8)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(junk, junk, junk, junk, st.sampled_from(["Polygon", "MultiPolygon", "GeometryCollection"]))
def test_whatever_stands_in_a_geojson_it_is_read_or_refused_in_words(crs, names, coordinates, geometries, kind):
    geometry = {"type": kind, "coordinates": coordinates, "geometries": geometries}
    document = {"crs": crs, "features": [{"properties": names, "geometry": geometry}, names]}
    try:
        json.dumps(list(features(json.dumps(document).encode())), allow_nan=False)
    except Refused as refused:
        assert refused.message


def test_collections_inside_collections_are_no_area_however_many_there_are():
    content = b'{"type":"GeometryCollection","geometries":[' * 400 + b"]}" * 400
    (one,) = features(b'{"type":"Feature","properties":{},"geometry":' + content + b"}")
    assert one["parts"] is None


@pytest.mark.parametrize(("content", "code"), [
    (b"", "map_empty"),
    (b"hello", "map_unknown"),
    (b"{", "map_damaged"),
    (b'<html xmlns="x"></html>', "map_unknown"),
    (b"<kml><Document>", "map_damaged"),
    (geojson([], crs=named("urn:ogc:def:crs:EPSG::2436")), "map_old_datum"),
    (geojson([], crs=named("EPSG:999999")), "map_projected"),
    (geojson([], crs=named(["EPSG:4326"])), "map_projected"),
    (shapefile_zip(METRES, prj=files.XIAN_PRJ), "map_old_datum"),
    (shapefile_zip(METRES, prj='LOCAL_CS["福清独立坐标"]'), "map_projected"),
    (shapefile_zip(METRES, prj="\0\0PROJCS["), "map_projected"),
    (shapefile_zip(METRES, prj=""), "map_metres"),
    (geojson(feature(corners) for _, corners in METRES), "map_metres"),
    (files.zipped({"a.zip": shapefile_zip(TWO)}), "map_unknown"),
    (files.with_parts(shapefile_zip(TWO), dbf=b""), "map_damaged"),
    (b'{"type":"Polygon","coordinates":[[[NaN,26],[119,26],[119,27]]]}', "map_damaged"),
    (b'{"type":"Polygon","coordinates":[[[1e999,26],[119,26],[119,27]]]}', "map_damaged"),
    (b'{"type":"Polygon","coordinates":[[[' + b"9" * 400 + b',26],[119,26],[119,27]]]}', "map_damaged"),
    (files.billion_laughs().replace(b'<?xml version="1.0"?>', b"").decode().encode("utf-16-le"), "map_damaged"),
    (b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE kml>', "map_damaged"),
    (files.zipped({"a.shp": b""}), "map_no_dbf"),
    (files.zipped({"a.shp": b"", "b.shp": b""}), "map_several"),
    (files.zipped({"a.shp": b"junk" * 40, "a.dbf": b"junk" * 40}), "map_damaged"),
    (files.billion_laughs(), "map_entities"),
    (files.outside_entity(), "map_entities"),
    (files.late_entity(), "map_entities"),
    (files.deep(), "map_damaged"),
])
def test_a_file_that_cannot_be_used_is_refused_with_what_to_do(tmp_path, content, code):
    with pytest.raises(Refused) as refused:
        list(read(path=str(saved(tmp_path, content)), limits=SMALL))
    assert refused.value.code == code and len(refused.value.message) > 10


@pytest.mark.parametrize(("make", "codes"), [
    (files.crafted_shapefile, {"map_damaged", "map_heavy"}),
    (files.zip_bomb, {"map_bomb"}),
    (files.lying_zip_bomb, {"map_damaged", "map_bomb"}),
    (files.endless_corners, {"map_too_much", "map_heavy"}),
    (lambda: shapefile_zip([("1", [[119.3, 25.7]] * 1_000_000)]), {"map_too_much", "map_heavy", "map_bomb"}),
    (lambda: kml([("1", [[119.3, 25.7]] * 1_000_000)]), {"map_damaged", "map_heavy"}),
    (files.crowd, {"map_too_much"}),
])
def test_a_file_made_to_kill_a_reader_is_refused_and_this_process_feels_nothing_of_it(tmp_path, make, codes):
    path = saved(tmp_path, make())
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(Refused) as refused:
        for _ in guard.stream("fengchao.maps.formats:read", limits=SMALL, path=str(path)):
            pass
    assert READING.get(refused.value.code, refused.value.code) in codes
    assert time.monotonic() - begun < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB
