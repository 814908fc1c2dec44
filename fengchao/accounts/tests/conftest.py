"""Places for the cast: the street, its communities, their grids."""

import pytest

from fengchao.areas.models import Division, Grid
from fengchao.base.actor import system_actor
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.testing import CAST, ELSEWHERE, GRID, HONGQIAO, NEXT_GRID, users_of

DIVISIONS = {35: "福建省", 3501: "福州市", 350181: "福清市", 350181005: "宏路街道", HONGQIAO: "宏侨社区居委会",
             350181005001: "宏路社区居委会"}


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    """A hash that is slow on purpose teaches these tests nothing."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def places(db) -> None:
    areas = [(level, name, Area.of(code))
             for level, (code, name) in zip((1, 2, 3, 4, 5, 5), DIVISIONS.items(), strict=True)]
    with acting(system_actor()):
        Division.objects.bulk_create(Division(code=area.lo // 1000, name=name, level=level, lo=area.lo, hi=area.hi)
                                     for level, name, area in areas)
        Grid.objects.bulk_create(Grid(code=code, name=name) for code, name in (
            (GRID, "第一网格"), (NEXT_GRID, "第二网格"), (ELSEWHERE, "宏路第一网格")))


@pytest.fixture
def cast(places) -> dict:
    """Everybody's account, by name."""
    with acting(system_actor()):
        return users_of(CAST)
