"""The small Hongqiao of work's tests with two grids and their borders."""

import pytest

from fengchao.areas.models import Division, Grid
from fengchao.base.actor import system_actor
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.engines.geometry import polygon
from fengchao.maps.actions import write_boundaries, write_outlines
from fengchao.maps.formats import features
from fengchao.maps.models import MapImport
from fengchao.maps.tests.files import geojson, ring
from fengchao.testing import CAROL, ELSEWHERE, GRID, HONGQIAO, NEXT_GRID
from fengchao.work.tests.conftest import Town, campaign, doors, town  # noqa: F401


@pytest.fixture
def places(db) -> None:
    """What the register of the country and Carol would have said."""
    here = Area.of(HONGQIAO)
    Division.objects.create(code=HONGQIAO, name="宏侨社区居委会", level=5, lo=here.lo, hi=here.hi)
    Division.objects.create(code=350181005000, name="宏路街道", level=4, lo=350181005000000, hi=350181006000000)
    for code, name in ((GRID, "第一网格"), (NEXT_GRID, "第二网格"), (ELSEWHERE, "第一网格")):
        Grid.objects.create(code=code, name=name)


@pytest.fixture
def drawn(places: None, town: Town) -> Town:  # noqa: F811
    """Two grids side by side, and a building in the middle of the first."""
    here = Area.of(HONGQIAO)
    borders = {str(GRID): polygon([[ring(0)]]), str(NEXT_GRID): polygon([[ring(1)]])}
    with acting(system_actor()) as system:
        write_boundaries(by=system, area=here, shapes=borders)
        write_outlines(by=system, area=here, shapes={str(town.here.id): polygon([[ring(0.4, 0.4, 0.0006)]])})
    return town


def uploaded(drawing, what: str = "boundaries", datum: str = "wgs84", by=CAROL, area: int = HONGQIAO) -> MapImport:
    """What `receive` leaves, read in this process: a child for each would cost the suite seconds."""
    content = drawing if isinstance(drawing, bytes) else geojson(drawing)
    place = Area.of(area)
    with acting(by):
        return MapImport.objects.create(grid=place.lo, lo=place.lo, hi=place.hi, file_name="边界.geojson", what=what,
                                        datum=datum, by=by.id, features=list(features(content)))
