"""Gauss-Krueger coordinates come out where they are; what nobody can place is refused by its name."""

import numpy as np
import pytest
from pyproj import CRS, Transformer

from fengchao.engines.geometry import OtherDatum, Unknown, unrolling

MILLIMETRE = 1e-8  # of a degree, at most
GK = ('PROJCS["CGCS2000_GK",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",'
      'SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",{east}],'
      'PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",{meridian}],PARAMETER["Scale_Factor",1.0],'
      'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]')


def cgcs(meridian: float, east: float = 500_000.0) -> str:
    """As ArcGIS writes it into a .prj."""
    return GK.format(east=east, meridian=meridian)


def degrees(said: str, east: float, north: float) -> tuple[float, float]:
    way = unrolling(said)
    assert way is not None
    lon, lat = way(np.array([[east, north]])).tolist()[0]
    return lon, lat


@pytest.mark.parametrize(("said", "east", "north", "lon", "lat"), [
    # The example that MagicCrazyMan/geodetic (GaussKrugerProjectionCoordinateSystemTest) holds itself to.
    ("EPSG:4546", 528680.0889, 3404079.3582, 111 + 17 / 60 + 58.3596 / 3600, 30 + 45 / 60 + 25.4425 / 3600),
    # On the meridian itself: the arc from the equator to 45 degrees on GRS 80 is 4,984,944.378 m.
    ("EPSG:4549", 500_000.0, 4_984_944.378, 120.0, 45.0),
    ("EPSG:4509", 500_000.0, 4_984_944.378, 117.0, 45.0),
])  # fmt: skip
def test_control_values_to_a_millimetre(said, east, north, lon, lat):
    assert degrees(said, east, north) == (pytest.approx(lon, abs=MILLIMETRE), pytest.approx(lat, abs=MILLIMETRE))


@pytest.mark.parametrize("code", range(4491, 4555))
def test_every_zone_of_cgcs2000_goes_there_and_back(code):
    system = CRS.from_epsg(code)
    west, south, east, north = system.area_of_use.bounds
    corners = np.array([[lon, lat] for lon in (west, (west + east) / 2, east) for lat in (south, north)])
    there = Transformer.from_crs(system.geodetic_crs, system, always_xy=True)
    metres = np.column_stack(there.transform(corners[:, 0], corners[:, 1]))
    assert unrolling(f"urn:ogc:def:crs:EPSG::{code}")(metres) == pytest.approx(corners, abs=MILLIMETRE)
    assert unrolling(system.to_wkt("WKT1_ESRI"))(metres) == pytest.approx(corners, abs=MILLIMETRE)


@pytest.mark.parametrize(("meridian", "zone"), [(117, 39), (117, 20), (120, 40), (114, 38)])
def test_the_zone_may_stand_before_the_easting_or_not_whatever_the_system_says(meridian, zone):
    plain, named = cgcs(meridian), cgcs(meridian, zone * 1e6 + 500_000)
    expected = degrees(plain, 432_100.0, 2_891_353.0)
    for said in (plain, named):
        for east in (432_100.0, zone * 1e6 + 432_100.0):
            assert degrees(said, east, 2_891_353.0) == pytest.approx(expected, abs=MILLIMETRE)


def test_the_zone_of_another_meridian_is_no_place_at_all():
    assert abs(degrees(cgcs(120), 39_432_100.0, 2_891_353.0)[0]) > 360


@pytest.mark.parametrize("said", ["EPSG:4326", "EPSG:4490", "urn:ogc:def:crs:OGC:1.3:CRS84",
                                  "urn:ogc:def:crs:EPSG::4490", "http://www.opengis.net/def/crs/EPSG/0/4326",
                                  "http://www.opengis.net/def/crs/OGC/1.3/CRS84"])
def test_degrees_stay_as_they_are(said):
    assert unrolling(said) is None


def test_utm_and_the_web_s_mercator_are_placed_too():
    """What phones and web maps export. The tile of Hongqiao, its corner in both."""
    there = Transformer.from_crs(4326, 32650, always_xy=True).transform(119.45, 26.13)
    assert degrees("EPSG:32650", *there) == pytest.approx((119.45, 26.13), abs=MILLIMETRE)
    there = Transformer.from_crs(4326, 3857, always_xy=True).transform(119.45, 26.13)
    assert degrees("urn:ogc:def:crs:EPSG::3857", *there) == pytest.approx((119.45, 26.13), abs=MILLIMETRE)


@pytest.mark.parametrize("said", ["EPSG:2414", "EPSG:4214", "EPSG:2362", "EPSG:4610", "urn:ogc:def:crs:EPSG:8.9:21460"])
def test_beijing_and_xian_are_known_and_not_placed(said):
    with pytest.raises(OtherDatum, match="Beijing 1954|Xian 1980"):
        unrolling(said)


@pytest.mark.parametrize(("said", "name"), [
    ("EPSG:999999", "EPSG:999999"), ("+init=/etc/passwd:x", "/etc/passwd"), ("/etc/passwd", "passwd"),
    ("+proj=tmerc +nadgrids=/etc/passwd", "tmerc"), ('LOCAL_CS["Our own"]', "Our own"), ('PROJCS["Half', "PROJCS"),
    ('PROJCS["a",' * 3000, "a"),
])  # fmt: skip
def test_what_is_no_system_is_refused_by_its_name_and_opens_no_file(said, name):
    with pytest.raises(Unknown, match=name) as refused:
        unrolling(said)
    assert not isinstance(refused.value, OtherDatum)


def test_coordinates_beyond_every_projection_are_numbers_outside_the_country():
    wild = np.array([[1e308, -1e308], [float("nan"), 5e6], [1e9, 1e9]])
    found = unrolling("EPSG:4549")(wild)
    assert np.isfinite(found).all() and (np.abs(found).max(axis=1) > 360).all()
