"""Shops, enterprises, hotels: brought in from a workbook, added by hand, taken out and brought in again."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fengchao.areas.models import Grid
from fengchao.base import clock
from fengchao.base.crypto import unseal
from fengchao.base.errors import Refused
from fengchao.base.jobs import run_here
from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.people.actions import add_building, add_premises, close_premises, export_premises
from fengchao.people.importing.actions import receive
from fengchao.people.importing.models import PREMISES, ImportRun
from fengchao.people.jobs import import_premises_run
from fengchao.people.models import Premises
from fengchao.people.tests.test_importing import workbook
from fengchao.people.tests.test_messy_files import on_the_command_line
from fengchao.testing import ALICE, CAROL, ERIN, FRANK, GRID, HONGQIAO, NEXT_GRID, browser

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


def test_the_command_brings_premises_in_says_what_is_refused_and_how_far_it_is(tmp_path: Path, capsys) -> None:
    wrong = [4, "甲公司", "企业", *[""] * 5, "92999999MA0504002H", ""]
    path = workbook(tmp_path / "商铺台账.xlsx", [*ROWS, wrong], HEADS)

    def said(*words: str) -> dict:
        return on_the_command_line(path, capsys, *words, what="premises")

    tried = said("--dry-run", "--errors", str(tmp_path / "marked.xlsx"))
    assert (tried["created"], tried["refused"]) == (3, 1) and "disappeared" not in tried
    [refused] = tried["refused_cells"]
    assert (refused["row"], refused["column"]) == (6, "统一社会信用代码") and "校验不对" in refused["reason"]
    assert tried["unread"] == ["序号"] and "正在与名册比对 1 / 5" in tried["err"]
    cells = openpyxl.load_workbook(tmp_path / "marked.xlsx").active[6]
    assert any("校验不对" in str(cell.value) for cell in cells)
    with acting(CAROL):
        assert not Premises.objects.exists() and not ImportRun.objects.exists()
    assert said()["created"] == 3 and said()["unchanged"] == 3
    with acting(CAROL):
        run = ImportRun.objects.latest("at")
        assert (run.target, run.source, run.state) == (PREMISES, "商铺台账", "done")
        assert AuditEntry.objects.filter(action="import_premises").count() == 2


def test_a_list_that_still_names_what_has_closed_opens_nothing_and_says_so(tmp_path: Path, shop) -> None:
    with acting(CAROL):
        close_premises(by=CAROL, premises=shop.id, day=clock.today())
    run = brought_in(workbook(tmp_path / "a.xlsx", [[1, "海家药店", "企业", "", "3号楼", *[""] * 5]], HEADS))
    assert counts(run) == (0, 0, 1, 0) and run.findings["remarks"][0][2] == "premises_closed"
    assert now(shop).closed and now(shop).kind == "shop"


@pytest.fixture
def shop(building) -> Premises:
    with acting(CAROL):
        return add_premises(by=CAROL, grid=GRID, name="海家药店", kind="shop", building=building, phone="13800000009",
                            contact="张三")


def now(one: Premises) -> Premises:
    with acting(CAROL):
        return Premises.objects.get(id=one.id)


def trail(one: Premises) -> list[tuple[str, dict]]:
    with acting(CAROL):
        return list(AuditEntry.objects.filter(object=str(one.id)).order_by("id").values_list("action", "detail"))


def said(carol: Client, one: Premises, **other: object) -> dict[str, object]:
    """The form as the page shows it, with something changed."""
    form = carol.get(f"/register/premises/{one.id}/edit").context["form"]
    return {name: form[name].value() or "" for name in form.fields} | other


def test_what_is_known_of_one_is_changed_on_its_page_and_nothing_else_is_touched(carol: Client, shop) -> None:
    page = carol.get(f"/register/premises/{shop.id}").content.decode()
    assert "海家药店" in page and "3号楼" in page and "138****0009" in page and "13800000009" not in page
    assert carol.post(f"/register/premises/{shop.id}/edit", said(carol, shop)).status_code == 302
    assert [deed for deed, _ in trail(shop)] == ["add_premises"], "nothing changed, and nothing is said to have"
    carol.post(f"/register/premises/{shop.id}/edit", said(carol, shop, name="海家大药房", kind="enterprise"))
    after = now(shop)
    assert (after.name, after.kind, after.contact, unseal(after.phone_sealed)) == (
        "海家大药房", "enterprise", "张三", "13800000009")
    assert trail(shop)[-1] == ("change_premises", {"fields": ["kind", "name"]})


def test_one_moves_to_another_building_or_out_of_any(carol: Client, shop) -> None:
    with acting(CAROL):
        other = add_building(by=CAROL, grid=NEXT_GRID, name="9号楼")
    carol.post(f"/register/premises/{shop.id}/edit", said(carol, shop, building=other.id))
    assert (now(shop).building_id, now(shop).grid) == (other.id, NEXT_GRID)
    with acting(CAROL):
        Grid.objects.create(code=GRID, name="第一网格")
    carol.post(f"/register/premises/{shop.id}/edit", said(carol, shop, building="", grid=GRID, address="南门外"))
    after = now(shop)
    assert (after.building_id, after.grid, after.address) == (None, GRID, "南门外")
    assert trail(shop)[-1][1] == {"fields": ["address", "building", "grid"], "was": NEXT_GRID}


def test_one_closes_on_a_day_leaves_the_list_and_opens_again(carol: Client, shop) -> None:
    day = clock.today() - timedelta(days=3)
    page = carol.post(f"/register/premises/{shop.id}/close", {"day": day.isoformat()}, follow=True).content.decode()
    assert f"{day} 停业" in page and f'action="/register/premises/{shop.id}/reopen"' in page, "with a way back"
    assert "海家药店" not in carol.get(f"/register/premises?area={HONGQIAO}").content.decode()
    assert "海家药店" in carol.get(f"/register/premises?area={HONGQIAO}&state=closed").content.decode()
    assert carol.post(f"/register/premises/{shop.id}/close", {"day": day.isoformat()}).status_code == 409
    carol.post(f"/register/premises/{shop.id}/reopen")
    assert now(shop).closed is None
    carol.post(f"/register/premises/{shop.id}/reopen")
    assert [deed for deed, _ in trail(shop)] == ["add_premises", "close_premises", "reopen_premises"], "once each"


@pytest.mark.parametrize("day", ["", "2026-02-30", "2999-01-01", None])
def test_a_day_that_is_none_or_has_not_come_closes_nothing(carol: Client, shop, day) -> None:
    day = (clock.today() + timedelta(days=1)).isoformat() if day is None else day
    assert carol.post(f"/register/premises/{shop.id}/close", {"day": day}).status_code == 422
    assert now(shop).closed is None


def test_whoever_only_looks_changes_nothing_and_whoever_is_elsewhere_finds_nothing(shop) -> None:
    assert browser(FRANK).get(f"/register/premises/{shop.id}").status_code == 404
    today = {"day": clock.today().isoformat()}
    assert browser(FRANK).post(f"/register/premises/{shop.id}/close", today).status_code == 404
    assert browser(ERIN).post(f"/register/premises/{shop.id}/close", today).status_code == 403
    assert now(shop).closed is None
