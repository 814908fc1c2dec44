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


@pytest.mark.parametrize(("content", "column"), [
    (geojson(feature(corners, NAME=name) for name, corners in TWO), "NAME"),
    (kml(TWO), "name"),
    (files.zipped({"doc.kml": kml(TWO)}), "name"),
    (shapefile_zip(TWO), "NAME"),
    (shapefile_zip(TWO, encoding="gb18030"), "名称"),
], ids=["geojson", "kml", "kmz", "shapefile", "shapefile in gb18030"])
def test_the_same_places_are_read_from_every_format(tmp_path, content, column):
    found = list(read(path=str(saved(tmp_path, content)), limits=MAP_LIMITS))
    assert [one["names"][column] for one in found] == ["第一网格", "第二网格"]
    for one, (_, corners) in zip(found, TWO, strict=True):
        west, south, east, north = corners[0] + corners[2]
        box = {(round(x, 9), round(y, 9)) for x, y in one["parts"][0][0]}
        assert box == {(round(x, 9), round(y, 9)) for x in (west, east) for y in (south, north)}


def test_what_is_no_area_is_read_and_said_to_be_none(tmp_path):
    point = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [119, 25]}}
    broken = feature([["a", "b"]])  # type: ignore[list-item]
    content = geojson([point, broken, feature([]) | {"geometry": None}, feature([[119, None]])])
    assert [one["parts"] for one in read(path=str(saved(tmp_path, content)), limits=MAP_LIMITS)] == [None] * 4


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
    (geojson([], crs={"properties": {"name": "urn:ogc:def:crs:EPSG::4527"}}), "map_projected"),
    (shapefile_zip(TWO, prj=files.GAUSS_PRJ), "map_projected"),
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
