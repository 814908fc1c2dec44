"""A workbook enters the register: as a whole, repeatably, and never with a wrong id."""

import json
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from django.db import connection

from fengchao.areas.actions import rename_division
from fengchao.areas.models import Division
from fengchao.base.actor import system_actor
from fengchao.base.errors import Refused
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.demo.dirty import dirty_sheet, write
from fengchao.demo.synthetic import community
from fengchao.people import sheet
from fengchao.people.actions import export_register
from fengchao.people.identity import masked_phone
from fengchao.people.importing.actions import Outcome, import_people
from fengchao.people.importing.errors import sentences, write_errors
from fengchao.people.importing.models import ImportRun
from fengchao.people.models import (
    Basis,
    Building,
    CareTag,
    Dwelling,
    Household,
    IdKind,
    Person,
    Presence,
    Residence,
)
from fengchao.testing import ALICE, CAROL, DAVE, ERIN, FRANK, HONGQIAO

pytestmark = pytest.mark.django_db

HEADS = ["小区", "楼栋", "单元", "房号", "姓名", "性别", "身份证号", "联系电话", "与户主关系", "居住方式", "备注"]
RICS = {"张三": "11010519491231002X", "李四": "110101199003070732"}
ROWS = [
    ["融侨城", "三号楼", "二单元", "五〇二", "张三", "女", RICS["张三"], "199 0000 0001", "户主", "自住", ""],
    ["", "", "", "", "李四", "男", RICS["李四"], "", "儿子", "", ""],
    ["", "", "", "", "张小花", "女", "无", "", "女儿", "", ""],
    ["融侨城", "3号楼", "2", 503, "王五", "男", "", 19900000002, "户主", "租住", "独居"],
]


def workbook(path: Path, rows: list[list], heads: list[str] = HEADS) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("花名册")
        page.write(0, 0, "宏侨社区花名册")
        for number, row in enumerate([heads, *rows], 1):
            page.write_row(number, 0, row)
    return path


def imported(path: Path, who=CAROL, **options) -> Outcome:
    with acting(who):
        return import_people(by=who, community=HONGQIAO, path=path, **options)


def counts(outcome: Outcome) -> tuple[int, ...]:
    return tuple(outcome.counts[name] for name in ("created", "updated", "unchanged", "refused", "disappeared"))


def codes(outcome: Outcome) -> list[str]:
    return [code for _row, _place, code, _params in outcome.marks]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return workbook(tmp_path / "花名册.xlsx", ROWS)


def test_a_dry_run_says_what_would_happen_and_writes_nothing(book: Path) -> None:
    outcome = imported(book, dry_run=True)
    assert counts(outcome) == (4, 0, 0, 0, 0)
    with acting(CAROL):
        assert not Person.objects.exists() and not Building.objects.exists() and not ImportRun.objects.exists()


def test_people_move_in_with_their_doors_and_households(book: Path) -> None:
    imported(book)
    with acting(CAROL):
        building = Building.objects.get()
        assert (building.compound, building.number, building.name, building.floors) == ("融侨城", "3", "3号楼", 5)
        assert sorted(Dwelling.objects.values_list("entrance", "room", "label")) == [
            ("2", "502", "3号楼2单元502"), ("2", "503", "3号楼2单元503")]  # fmt: skip
        assert Household.objects.count() == 2 and Residence.objects.count() == 4
        zhang = Person.objects.get(name="张三")
        assert (zhang.sex, str(zhang.born), zhang.id_kind, zhang.basis) == (2, "1949-12-31", "ric", "owner")
        assert masked_phone(zhang.phone_sealed) == "199****0001"
        assert Person.objects.get(name="张小花").dwelling == zhang.dwelling
        assert Person.objects.get(name="王五").remark == "独居"


def test_an_address_is_read_by_the_names_of_today_and_by_those_of_before(tmp_path: Path) -> None:
    """A list may be years old; or the street was given its name here, and no published register knows it."""
    for digits, level, name in (("35", 1, "福建省"), ("3501", 2, "福州市"), ("350181", 3, "福清市"),
                                ("350181005", 4, "宏路镇"), (str(HONGQIAO), 5, "东坪村委会")):
        area = Area.of(digits)
        Division.objects.create(code=area.lo // 1000, level=level, name=name, lo=area.lo, hi=area.hi)
    with acting(system_actor()) as system:
        for code, name in ((350181005, "蜂巢街道"), (HONGQIAO, "宏侨社区居委会")):
            rename_division(by=system, division=Division.objects.get(code=Area.of(code).lo // 1000, level__gte=4),
                            name=name)
    written = ["福清市蜂巢街道宏侨社区3号楼2单元502", "福清市宏路镇东坪村3号楼2单元503"]
    imported(workbook(tmp_path / "a.xlsx", [[a, f"甲{n}"] for n, a in enumerate(written)], ["地址", "姓名"]))
    with acting(CAROL):
        assert list(Building.objects.values_list("compound", "number")) == [("", "3")]
        assert set(Dwelling.objects.values_list("room", flat=True)) == {"502", "503"}


def test_a_second_import_changes_nothing(book: Path) -> None:
    imported(book)
    with acting(CAROL):
        before = sorted(Person.objects.values_list("id", "tx"))
    assert counts(imported(book)) == (0, 0, 4, 0, 0)
    with acting(CAROL):
        assert sorted(Person.objects.values_list("id", "tx")) == before


def test_a_later_file_updates_and_says_who_disappeared(book: Path, tmp_path: Path) -> None:
    imported(book)
    later = [[*ROWS[0]], [*ROWS[3]]]
    later[0][7], later[1][3] = "19900000009", 504
    outcome = imported(workbook(tmp_path / "下月.xlsx", later))
    assert counts(outcome) == (0, 2, 0, 0, 2)
    assert {name for _id, name, _door in outcome.gone} == {"李四", "张小花"}
    with acting(CAROL):
        assert masked_phone(Person.objects.get(name="张三").phone_sealed) == "199****0009"
        moved = Person.objects.get(name="王五")
        assert moved.dwelling.room == "504"
        rooms = moved.residences.order_by("until").values_list("dwelling__room", "until")
        assert [(room, until is None) for room, until in rooms] == [("503", False), ("504", True)]


def test_a_blank_cell_leaves_what_is_known(book: Path, tmp_path: Path) -> None:
    imported(book)
    bare = [row[:5] + [""] * 6 for row in ROWS]
    assert counts(imported(workbook(tmp_path / "bare.xlsx", bare)))[:3] == (0, 0, 4)


def test_refused_rows_come_back_marked_and_the_others_go_in(tmp_path: Path) -> None:
    rows = [*ROWS, ["融侨城", "3号楼", "2", "504", "", "男", "", "", "户主", "", ""],
            ["融侨城", "3号楼", "2", "505", "孙七", "男", 350181199001011234, "", "户主", "", ""],
            ["", "", "", "", "周八", "男", "", "", "户主", "", ""],
            ["融侨城", "3号楼", "2", "506", "吴九", "男", "11010519491231002X", "", "户主", "", ""]]  # fmt: skip
    path = workbook(tmp_path / "bad.xlsx", rows)
    outcome = imported(path)
    assert counts(outcome) == (3, 0, 0, 5, 0)
    assert sorted(codes(outcome)) == ["cell_required", "door_missing", "id_rounded", "id_twice", "id_twice"]
    assert write_errors(path, tmp_path / "marked.xlsx", outcome) == 5
    assert all("%" not in words for _row, _place, words in sentences(outcome.marks))
    with acting(CAROL):
        assert set(Person.objects.values_list("name", flat=True)) == {"李四", "张小花", "王五"}
        assert not Dwelling.objects.filter(room__in=["504", "505", "506"]).exists()


def test_an_id_rounded_by_a_spreadsheet_is_never_stored(tmp_path: Path) -> None:
    ids = [float(RICS["李四"]), "1.10101E+17", "110101199003070000", "110101199003071000"]
    rows = [["融侨城", "1号楼", "", str(100 + n), f"某{n}", "", given] + [""] * 4 for n, given in enumerate(ids)]
    outcome = imported(workbook(tmp_path / "rounded.xlsx", rows))
    assert counts(outcome)[0] == 0 and set(codes(outcome)) == {"id_rounded"}


def test_the_same_person_twice_in_a_file_is_one_person(tmp_path: Path) -> None:
    outcome = imported(workbook(tmp_path / "twice.xlsx", [*ROWS, ROWS[0], ROWS[3]]))
    assert counts(outcome)[:4] == (4, 0, 2, 0)
    assert outcome.counts["remark_kinds"]["row_repeated"] == 2


def test_a_person_is_found_again_by_phone_and_by_door(book: Path, tmp_path: Path) -> None:
    imported(book)
    moved = ["融侨城", "9号楼", "1", "101", "王五", "", "", "19900000002", "", "", ""]
    same_door = ["融侨城", "3号楼", "2", "502", "张小花", "", "", "19900000003", "", "", ""]
    assert counts(imported(workbook(tmp_path / "b.xlsx", [moved, same_door])))[:2] == (0, 2)


def test_a_household_a_line_becomes_its_people(tmp_path: Path) -> None:
    heads = ["小区", "楼栋", "房号", "姓名1", "身份证号1", "与户主关系1",
             "姓名2", "身份证号2", "与户主关系2", "联系电话"]
    rows = [["融侨城", "3号楼", "502", "张三", RICS["张三"], "户主", "李四", RICS["李四"], "儿子", "19900000001"],
            ["融侨城", "3号楼", "503", "王五", "", "户主", "赵六", "350181199001011230", "妻子", ""]]
    path = workbook(tmp_path / "一户一行.xlsx", rows, heads)
    outcome = imported(path)
    assert counts(outcome) == (3, 0, 0, 1, 0)
    assert [(row, place) for row, place, _, _ in outcome.marks] == [(4, 7)]  # the second person's own cell
    with acting(CAROL):
        assert Household.objects.count() == 2
        li = Person.objects.get(name="李四")
        assert (li.dwelling.room, li.relation, masked_phone(li.phone_sealed)) == ("502", "儿子", "")
        assert masked_phone(Person.objects.get(name="张三").phone_sealed) == "199****0001"
    assert counts(imported(path)) == (0, 0, 3, 1, 0)


def test_two_people_of_one_name_are_not_guessed_between(tmp_path: Path) -> None:
    twins = [["融侨城", "1号楼", "", "101", "陈一", "", ric] + [""] * 4 for ric in RICS.values()]
    imported(workbook(tmp_path / "a.xlsx", twins))
    nobody = ["融侨城", "1号楼", "", "101", "陈一", "", ""] + [""] * 4
    assert codes(imported(workbook(tmp_path / "b.xlsx", [nobody]))) == ["person_ambiguous"]


def test_a_building_named_twice_must_be_told_apart(book: Path, tmp_path: Path) -> None:
    imported(workbook(tmp_path / "a.xlsx", [["甲苑", *ROWS[0][1:]], ["乙苑", *ROWS[3][1:]]]))
    outcome = imported(workbook(tmp_path / "b.xlsx", [ROWS[3][1:]], HEADS[1:]))
    assert codes(outcome) == ["building_ambiguous"]


def test_the_correction_of_a_mapping_is_remembered(tmp_path: Path) -> None:
    heads = ["小区", "楼栋", "单元", "房号", "姓名", "性别", "编码", "联系电话", "与户主关系", "居住方式", "备注"]
    path = workbook(tmp_path / "odd.xlsx", ROWS, heads)
    first = imported(path, dry_run=True)
    assert [6, "id_number"] not in first.mapping
    imported(path, mapping=[*first.mapping, [6, "id_number"]])
    again = imported(workbook(tmp_path / "next month.xlsx", ROWS, heads))
    assert [6, "id_number"] in again.mapping and counts(again) == (0, 0, 4, 0, 0)


@pytest.mark.parametrize("who", [ALICE, ERIN, FRANK])
def test_only_whoever_may_import_here_imports(book: Path, who) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        imported(book, who)


def test_a_street_officer_imports_for_a_community(book: Path) -> None:
    assert counts(imported(book, DAVE))[0] == 4


def test_nothing_is_written_when_anything_fails(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fengchao.people.importing.actions.remembering.write_one", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        imported(book)
    with acting(CAROL):
        assert not Building.objects.exists() and not Person.objects.exists()


def test_no_name_or_number_reaches_the_audit_trail(book: Path) -> None:
    imported(book)
    with acting(DAVE), connection.cursor() as cursor:
        cursor.execute("SELECT detail::text FROM base_auditentry WHERE action = 'import_people'")
        (detail,) = cursor.fetchone()
    assert "张三" not in detail and RICS["张三"] not in detail and '"created": 4' in detail


@pytest.mark.parametrize("layout", ["columns", "address"])
@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".ods"])
def test_a_workbook_as_communities_keep_it_becomes_what_it_means(tmp_path: Path, layout: str, suffix: str) -> None:
    dirty = dirty_sheet(community(households=120), seed=3, layout=layout)
    path = tmp_path / f"real{suffix}"
    truth = {row["row"]: row for row in json.loads(write(dirty, path).read_text())["rows"]}
    outcome = imported(path)
    expected = {row for row, said in truth.items() if said["verdict"] == "refuse"}
    assert {mark[0] for mark in outcome.marks} == expected
    with acting(CAROL):
        known = {
            (p.name, str(p.born), p.building.compound, p.building.number, p.dwelling.entrance, p.dwelling.room)
            for p in Person.objects.select_related("building", "dwelling")
        }
    meant = {
        (one["name"], one["born"], one["door"]["compound"], one["door"]["number"], one["door"]["entrance"],
         one["door"]["room"])
        for one in (said["person"] for said in truth.values() if said["verdict"] == "create")
    }  # fmt: skip
    assert len(meant - known) <= len(meant) // 100
    again = imported(path)
    assert counts(again)[:2] == (0, 0)


TAGGED = [["融侨城", "3号楼", "502", "张三", "独居、残疾人、低保"], ["融侨城", "3号楼", "503", "王五", "货车司机"],
          ["融侨城", "3号楼", "504", "赵六", "正常"]]
TAG_HEADS = ["小区", "楼栋", "房号", "姓名", "重点人群类型"]


def tags_of(name: str) -> list[str]:
    with acting(CAROL):
        return sorted(CareTag.objects.filter(person__name=name, until=None).values_list("code", flat=True))


def test_reasons_for_care_come_in_by_whatever_word_and_an_unknown_one_is_said(tmp_path: Path) -> None:
    outcome = imported(workbook(tmp_path / "tags.xlsx", TAGGED, TAG_HEADS))
    assert counts(outcome)[:4] == (3, 0, 0, 0)
    assert (tags_of("张三"), tags_of("王五"), tags_of("赵六")) == (["alone", "disabled"], ["truck_driver"], [])
    said = [(row, code, params) for row, _, code, params in outcome.remarks]
    assert said == [(3, "tag_unknown", {"written": "低保"})]


def test_a_list_adds_reasons_for_care_and_ends_none(tmp_path: Path) -> None:
    first = workbook(tmp_path / "tags.xlsx", TAGGED, TAG_HEADS)
    imported(first)
    assert counts(imported(first))[:3] == (0, 0, 3)
    more = [[*TAGGED[0][:4], "透析"], [*TAGGED[1][:4], ""]]
    outcome = imported(workbook(tmp_path / "more.xlsx", more, TAG_HEADS))
    assert counts(outcome)[:3] == (0, 1, 1) and outcome.samples["updated"][0][3] == ["tags"]
    assert (tags_of("张三"), tags_of("王五")) == (["alone", "dialysis", "disabled"], ["truck_driver"])


def test_reasons_for_care_leave_only_with_a_purpose_and_come_back_unchanged(tmp_path: Path) -> None:
    imported(workbook(tmp_path / "tags.xlsx", TAGGED, TAG_HEADS))
    for purpose, found in (("", None), ("核对名册", "独居老人、残疾人")):
        path = tmp_path / f"out{bool(purpose)}.xlsx"
        with acting(CAROL), path.open("wb") as file:
            export_register(by=CAROL, area=Area.of(HONGQIAO), target=file, purpose=purpose)
        head, _notes, first, *_ = openpyxl.load_workbook(path).active.values
        assert dict(zip(head, first, strict=True))["关爱与重点"] == found
        assert counts(imported(path))[:4] == (0, 0, 3, 0)


@pytest.mark.parametrize("purpose", ["", "核对名册"])
def test_what_the_register_exports_imports_back_unchanged(book: Path, tmp_path: Path, purpose: str) -> None:
    imported(book)
    path = tmp_path / "out.xlsx"
    with acting(CAROL), path.open("wb") as file:
        assert export_register(by=CAROL, area=Area.of(HONGQIAO), target=file, purpose=purpose) == 4
    outcome = imported(path)
    assert counts(outcome)[:4] == (0, 0, 4, 0), outcome.samples
    assert (RICS["张三"] in str(list(openpyxl.load_workbook(path).active.values))) == bool(purpose)


def test_the_words_of_the_workbook_are_those_of_the_register() -> None:
    assert {code: word for word, code in sheet.IdKindColumn.codes.items()} == {c.value: str(c.label) for c in IdKind}
    assert set(sheet.BasisColumn.codes.values()) == set(Basis.values) - {"unknown"}
    assert {code: word for word, code in sheet.PresenceColumn.codes.items()} == dict(Presence.choices)
