"""Grids change and places get other numbers: what another program was given for a place is the same doors after."""

from pathlib import Path

import pytest
from django.test import Client

from fengchao.accounts.models import Duty, User
from fengchao.areas.actions import carry_out, decide_difference, load_national, plan_regridding, take_over, undo
from fengchao.areas.models import Difference, Division, Regridding
from fengchao.areas.tests.national import Rows, of_home, packed, renumbered
from fengchao.areas.tests.regridding import Ground, lay, wanted
from fengchao.base import clock
from fengchao.base.actor import system_actor
from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.exchange.actions import revoke_token
from fengchao.exchange.models import Token, Webhook
from fengchao.testing import GRACE, GRID, HEIDI, HONGQIAO, NEXT_GRID, user_of

from .conftest import Analyst, analyst

pytestmark = pytest.mark.django_db
NEW = 350181005044


@pytest.fixture
def ground(db) -> Ground:
    user_of(HEIDI)
    return lay()


def hook(area: int) -> Webhook:
    where = Area.of(area)
    with acting(system_actor()):
        return Webhook.objects.create(name="区平台", url="https://example.org", secret_sealed=b"", user=GRACE.id,
                                      grid=where.lo, lo=where.lo, hi=where.hi, feeds=["buildings"])


def newer(folder: Path, rows: Rows, becomes: int | None = None) -> Regridding | None:
    """A newer register is taken over, and what it moves is moved."""
    with acting(HEIDI):
        file = load_national(by=HEIDI, area=Area.of(35), path=packed(folder / "new.xz", rows), name="2024.xz",
                             source="国家统计局", as_of=clock.today())
        if becomes:
            decide_difference(by=HEIDI, difference=Difference.objects.get(file=file, code=HONGQIAO), becomes=becomes)
            file.refresh_from_db()
        take_over(by=HEIDI, file=file)
        made = Regridding.objects.filter(id__in=Difference.objects.filter(file=file).values("regridding")).first()
        return carry_out(by=HEIDI, regridding=made) if made else None


def read(reader: Analyst) -> set[int]:
    reader.cursor = ""
    return {int(grid) for grid in reader.read("buildings")["grid"]}


def shown(address: str) -> str:
    """To the steward, with the duties they have now."""
    client = Client()
    client.force_login(User.objects.get(id=GRACE.id), backend="fengchao.accounts.backend.Backend")
    return client.get(address).content.decode()


def area_of(row: Token | Webhook) -> Area:
    with acting(system_actor()):
        row.refresh_from_db()
    return row.area


def test_a_place_with_another_number_is_that_place_still_and_after_undoing_too(ground, tmp_path):
    reader, told = analyst(), hook(HONGQIAO)
    made = newer(tmp_path, renumbered(of_home(), str(HONGQIAO), str(NEW)))
    assert read(reader) == {NEW * 1000 + 1, NEW * 1000 + 2}
    assert area_of(Token.objects.get()) == area_of(told) == Area.of(NEW) and told.grid == NEW * 1000
    assert Duty.objects.get(user=GRACE.id, ended=None).area == Area.of(NEW)
    assert "区数据组" in shown("/exchange") and "区平台" in shown("/exchange/webhooks")
    with acting(system_actor()):
        assert AuditEntry.objects.filter(action="door_shifted").count() == 2
    with acting(HEIDI):
        undo(by=HEIDI, regridding=made)
    assert read(reader) == {GRID, NEXT_GRID} and area_of(told) == Area.of(HONGQIAO)


def test_of_a_place_that_was_merged_it_is_the_grids_it_had_and_its_steward_finds_it_by_their_names(ground, tmp_path):
    reader = analyst()
    rows = of_home()
    del rows[str(HONGQIAO)]
    newer(tmp_path, rows, becomes=350181005001)
    assert read(reader) == {350181005001002, 350181005001003}, "nothing of whom it was merged into"
    page = shown("/exchange")
    assert "区数据组" in page and "第1网格 " in page and "第2网格" in page


def test_one_for_a_grid_keeps_to_its_doors_when_the_grid_is_divided(ground):
    steward = analyst(area=GRID)
    with acting(HEIDI):
        made = carry_out(by=HEIDI, regridding=plan_regridding(
            by=HEIDI, title="分格", plan=wanted(one=(ground.one, "梧桐"), two=(ground.two, "银杏"))))
    assert read(steward) == {GRID + 2, GRID + 3}
    with acting(HEIDI):
        undo(by=HEIDI, regridding=made)
    assert read(steward) == {GRID}


def test_for_a_place_without_grids_it_follows_at_once(ground, tmp_path):
    empty = Area.of(350181005009)
    Division.objects.create(code=350181005009, level=5, name="海湾社区居委会", lo=empty.lo, hi=empty.hi)
    told = hook(350181005009)
    assert newer(tmp_path, renumbered(of_home(), "350181005009", "350181005049")) is None
    assert area_of(told) == Area.of(350181005049)


def test_what_was_taken_back_stays_as_it_was(ground, tmp_path):
    reader = analyst()
    with acting(GRACE):
        revoke_token(by=GRACE, token=Token.objects.get())
    newer(tmp_path, renumbered(of_home(), str(HONGQIAO), str(NEW)))
    assert Token.objects.get().area == Area.of(HONGQIAO) and reader.get("buildings").status_code == 401
