"""The coordinate systems that files name, and the way from their metres to degrees.

Gauss-Krueger zones of CGCS2000 (and whatever else stands on CGCS2000 or WGS-84) are unrolled exactly. Beijing 1954 and
Xi'an 1980 are not converted: they lie tens of metres to over a hundred from CGCS2000, differently in every region; the
few published parameters hold for an oil field each, to 1-15 m, and the official ones are not public. A border that
is out by less than that already gives a row of houses to the wrong grid.
"""

import re
from collections.abc import Callable

import numpy as np
from pyproj import CRS, Transformer, network
from pyproj.exceptions import CRSError

from fengchao.engines.geometry.datum import Degrees

network.set_network_enabled(active=False)

CODE = re.compile(r"(?:^|[:/])(?:EPSG[:/](?:[^:/]*[:/])?(\d{4,6})|(CRS84))$", re.IGNORECASE)
WKT = re.compile(r"\s*(?:PROJ|GEOG|GEOD)(?:CS|CRS)\s*\[")  # and nothing that would make the library open a file
KNOWN = re.compile(r"(?:CGCS|China|Coordinate.System).?2000|WGS.?(?:19)?84|World.Geodetic.System.1984", re.IGNORECASE)
ZONE = 1_000_000.0  # eastings may carry the number of their zone in front: 39 for the third degree zone at 117 E
BEYOND = 999.0      # degrees of what lies where a projection has no place


class Unknown(ValueError):
    """Nobody can say where such coordinates are; the argument is the system's name."""


class OtherDatum(Unknown):
    """The system is known, and how its datum lies to WGS-84 is not, or not well enough."""


def unrolling(said: str) -> Callable[[Degrees], Degrees] | None:
    """What makes degrees of coordinates in the system that a file names (EPSG:4527, its URN or address, or WKT).

    None when they are degrees already. Raises Unknown or OtherDatum.
    """
    system = _system(said)
    datum = f"{system.datum.name if system.datum else ''} {system.geodetic_crs.name if system.geodetic_crs else ''}"
    if not KNOWN.search(datum):
        raise OtherDatum(system.name)
    if system.is_geographic:
        return None
    if not system.is_projected or system.geodetic_crs is None:
        raise Unknown(system.name)
    way = Transformer.from_crs(system, system.geodetic_crs, always_xy=True)
    zones = _zones(system)

    def unrolled(points: Degrees) -> Degrees:
        x, y = points[:, 0], points[:, 1]
        lon, lat = way.transform(_at_zone(x, zones), y)
        return np.nan_to_num(np.column_stack([lon, lat]), nan=BEYOND, posinf=BEYOND, neginf=-BEYOND)

    return unrolled


def _system(said: str) -> CRS:
    try:
        if code := CODE.search(said.strip()):
            return CRS.from_epsg(int(code[1])) if code[1] else CRS.from_epsg(4326)
        if WKT.match(said):
            return CRS.from_wkt(said)
    except CRSError:
        pass
    name = re.search(r'"([^"]{1,60})"', said)
    raise Unknown(name[1] if name else said.strip()[:60])


def _zones(system: CRS) -> tuple[float, set[float]]:
    """The zone that the system's false easting carries, and those the same meridian has in either division."""
    operation = system.coordinate_operation
    given = {one.name.lower(): float(one.value) for one in operation.params if not isinstance(one.value, str)} \
        if operation else {}
    meridian = given.get("longitude of natural origin", 0.0)
    if given.get("scale factor at natural origin") != 1 or given.get("latitude of natural origin") != 0:
        return 0.0, set()  # no Gauss-Krueger: UTM, Mercator
    named = given.get("false easting", 0.0) // ZONE
    return named, {0.0, named, meridian / 3, (meridian + 3) / 6}


def _at_zone(easting: Degrees, zones: tuple[float, set[float]]) -> Degrees:
    """Eastings as the system has them, whether or not the file wrote the zone in front: programs add it or leave it."""
    named, possible = zones
    written = easting // ZONE
    ours = np.isin(written, list(possible))
    return np.where(ours, easting - (written - named) * ZONE, easting)
