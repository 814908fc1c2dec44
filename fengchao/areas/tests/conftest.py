"""Two counties as the register has them, with the names that people confuse."""

import pytest

from fengchao.areas import register
from fengchao.areas.actions.loading import UNIT
from fengchao.areas.models import Division
from fengchao.base.actor import system_actor
from fengchao.base.scope import acting


@pytest.fixture(scope="session")
def register_rows() -> list[tuple[int, str, int]]:
    return [row for row in register.read() if row[2] <= 2 or str(row[0]).startswith(("350181", "140106"))
            or row[1] == "东山社区居委会"]


@pytest.fixture
def tree(db, register_rows) -> None:
    with acting(system_actor()):
        Division.objects.bulk_create(
            Division(code=code, name=name, level=level, lo=code * 1000, hi=code * 1000 + UNIT[level])
            for code, name, level in register_rows
        )
