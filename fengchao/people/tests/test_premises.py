"""Shops, enterprises, hotels: brought in from a workbook, added by hand, taken out and brought in again."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fengchao.base.crypto import unseal
from fengchao.base.errors import Refused
from fengchao.base.jobs import run_here
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.people.actions import add_building, export_premises
from fengchao.people.importing.actions import receive
from fengchao.people.importing.models import PREMISES, ImportRun
from fengchao.people.jobs import import_premises_run
from fengchao.people.models import Premises
from fengchao.people.tests.test_importing import workbook
from fengchao.testing import ALICE, CAROL, GRID, HONGQIAO, browser

pytestmark = pytest.mark.django_db

HEADS = ["序号", "店名", "场所类型", "小区", "楼号", "经营地址", "负责人", "负责人电话", "统一社会信用代码", "从业人数"]
ROWS = [
    [1, "惠达文具店、打印", "商店", "融侨城", "三号楼", "", "张三", "13800000001", "92999999MA0504002G", "3人"],
    [2, "海家药店", "药店", "", "", "清荣大道88号", "李四", "", "", ""],
    [3, "永发民宿", "民宿", "融侨城", "9号楼", "", "", "0591-12345678", "", 12],
]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings) -> None:
    settings.HOME = tmp_path


@pytest.fixture(autouse=True)
def building():
    with acting(CAROL):
        return add_building(by=CAROL, grid=GRID, name="3号楼", number="3", compound="融侨城")


def brought_in(path: Path) -> ImportRun:
    with acting(CAROL):
        run = receive(by=CAROL, community=HONGQIAO, name=path.name, chunks=[path.read_bytes()], target=PREMISES)
    for write in (False, True):
        run_here(import_premises_run, by=CAROL, run=str(run.id), write=write)
    with acting(CAROL):
        return ImportRun.objects.get(id=run.id)


def counts(run: ImportRun) -> tuple[int, ...]:
    return tuple(run.counts[name] for name in ("created", "updated", "unchanged", "refused"))


def test_a_list_of_shops_as_a_community_keeps_it_becomes_premises(tmp_path: Path, building) -> None:
    run = brought_in(workbook(tmp_path / "商铺台账.xlsx", ROWS, HEADS))
    assert counts(run) == (3, 0, 0, 0)
    with acting(CAROL):
        shop, chemist, inn = (Premises.objects.get(name=row[1]) for row in ROWS)
    assert (shop.kind, shop.building_id, shop.contact, shop.staff) == ("shop", building.id, "张三", 3)
    assert (shop.grid, shop.uscc, unseal(shop.phone_sealed)) == (GRID, "92999999MA0504002G", "13800000001")
    assert (chemist.kind, chemist.building_id, chemist.address) == ("shop", None, "清荣大道88号")
    assert (inn.kind, inn.building_id, inn.address) == ("hotel", None, "融侨城9号楼")  # not in the register: in words


def test_a_second_import_changes_nothing_and_a_later_one_what_it_says(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ROWS, HEADS)
    brought_in(path)
    assert counts(brought_in(path)) == (0, 0, 3, 0)
    later = [[1, "惠达文具店", "", "", "", "", "王五", "", "92999999MA0504002G", ""], ROWS[1]]
    assert counts(brought_in(workbook(tmp_path / "b.xlsx", later, HEADS))) == (0, 1, 1, 0)
    with acting(CAROL):
        shop = Premises.objects.get(uscc="92999999MA0504002G")
        assert (shop.name, shop.contact, shop.kind, Premises.objects.count()) == ("惠达文具店", "王五", "shop", 3)


def test_what_is_exported_imports_back_unchanged_and_gives_no_phone_away(tmp_path: Path) -> None:
    brought_in(workbook(tmp_path / "a.xlsx", ROWS, HEADS))
    out = BytesIO()
    with acting(CAROL):
        assert export_premises(by=CAROL, area=Area.of(HONGQIAO), target=out) == 3
    path = tmp_path / "out.xlsx"
    path.write_bytes(out.getvalue())
    assert counts(brought_in(path)) == (0, 0, 3, 0)
    with acting(CAROL):
        assert unseal(Premises.objects.get(name="惠达文具店、打印").phone_sealed) == "13800000001"


def test_what_cannot_be_told_apart_or_read_is_refused_and_a_repetition_is_not_counted_twice(tmp_path: Path) -> None:
    two = [[1, "海家药店", "", "", "", "清荣大道88号", *[""] * 4],
           [2, "海家药店", "", "", "", "清荣大道99号", *[""] * 4],
           [3, "甲公司", "企业", "", "", "", "", "", "92999999MA0504002H", ""],
           [4, "海家药店", "", "", "", "清荣大道99号", *[""] * 4]]  # fmt: skip
    run = brought_in(workbook(tmp_path / "a.xlsx", two, HEADS))
    assert counts(run) == (2, 0, 1, 1) and run.findings["marks"][0][2] == "uscc_invalid"
    run = brought_in(workbook(tmp_path / "b.xlsx", [[1, "海家药店", *[""] * 8]], HEADS))
    assert counts(run) == (0, 0, 0, 1) and run.findings["marks"][0][2] == "premises_ambiguous"


def test_who_may_not_import_brings_in_no_premises(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ROWS, HEADS)
    with acting(ALICE), pytest.raises(Refused, match="not_allowed"):
        receive(by=ALICE, community=HONGQIAO, name="a.xlsx", chunks=[path.read_bytes()], target=PREMISES)


@pytest.fixture
def carol() -> Client:
    return browser(CAROL)


def test_a_workbook_of_premises_goes_in_step_by_step(carol: Client, tmp_path: Path) -> None:
    empty = carol.get(f"/register/premises?area={HONGQIAO}").content.decode()
    assert "这里还没有登记场所" in empty and 'value="premises"' in empty
    file = SimpleUploadedFile("商铺.xlsx", workbook(tmp_path / "a.xlsx", ROWS, HEADS).read_bytes())
    page = carol.post(f"/imports/upload?area={HONGQIAO}", {"file": file, "target": "premises"}).url
    shown = carol.get(page).content.decode()
    assert 'value="uscc" selected' in shown and 'value="contact" selected' in shown
    with acting(CAROL):
        run = ImportRun.objects.get()
    run_here(import_premises_run, by=CAROL, run=str(run.id), write=False)
    assert "确认导入" in carol.get(page).content.decode()
    run_here(import_premises_run, by=CAROL, run=str(run.id), write=True)
    assert "看场所" in carol.get(page).content.decode()
    listed = carol.get(f"/register/premises?area={HONGQIAO}&kind=hotel").content.decode()
    assert "永发民宿" in listed and "海家药店" not in listed
    assert "/register/premises" in carol.get(f"/register?area={HONGQIAO}").content.decode()


def test_one_is_added_by_hand_in_a_building_or_in_a_grid(carol: Client, building) -> None:
    address = f"/register/premises/add?area={GRID}"
    said = {"name": "鑫发豆腐作坊", "kind": "small_premises", "building": building.id, "phone": "13800000009"}
    assert carol.post(address, said).status_code == 302
    with acting(CAROL):
        made = Premises.objects.get()
        assert (made.grid, made.building_id, unseal(made.phone_sealed)) == (GRID, building.id, "13800000009")
    wrong = carol.post(f"/register/premises/add?area={HONGQIAO}", said | {"building": "", "uscc": "123"})
    assert wrong.status_code == 422
    assert "请选择楼栋，或选择网格" in wrong.content.decode() and "校验不对" in wrong.content.decode()
