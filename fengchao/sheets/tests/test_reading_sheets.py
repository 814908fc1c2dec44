"""From the rows of a sheet to records: the header found, columns mapped, households filled, the rest left out."""

import csv
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from fengchao.base.errors import Refused
from fengchao.sheets.cleaning import Cleaner
from fengchao.sheets.header import find_header
from fengchao.sheets.limits import LIMITS
from fengchao.sheets.mapping import complete, propose, signature, vocabulary
from fengchao.sheets.preview import located
from fengchao.sheets.reading import open_sheet
from fengchao.sheets.tests.columns import columns

OURS = columns()
KNOWN = vocabulary(OURS)


def cleaned(rows: list[list], merged: tuple = ()) -> tuple[list[dict], dict[str, int]]:
    header = find_header(rows, KNOWN, merged)
    cleaner = Cleaner(header, propose(header, OURS), OURS, merged)
    return [record.values | {"row": record.number} for record in cleaner.records(rows)], cleaner.left_out


def test_the_header_is_found_under_a_title_and_a_date() -> None:
    rows = [["宏侨社区居民花名册", "", ""], ["填报日期：2026年11月", "", ""],
            ["序号", "姓 名", "联系電話"], [1, "张三", ""]]  # fmt: skip
    header = find_header(rows, KNOWN)
    assert (header.first, header.last) == (2, 2)
    assert propose(header, OURS) == {1: "name", 2: "phone"}


def test_a_merged_header_of_two_rows_is_one_header() -> None:
    rows = [["姓名", "住址", "", "", "电话"], ["", "楼栋", "单元", "房号", ""], ["张三", "1", "2", "502", ""]]
    merged = [((0, 1), (0, 3)), ((0, 0), (1, 0)), ((0, 4), (1, 4))]
    header = find_header(rows, KNOWN, merged)
    assert header.last == 1
    assert propose(header, OURS) == {0: "name", 1: "building", 2: "entrance", 3: "room", 4: "phone"}


def test_the_same_word_under_two_headings_is_two_columns() -> None:
    rows = [["户主", "", "成员", ""], ["姓名", "房号", "姓名", "电话"], ["张三", "502", "李四", ""]]
    header = find_header(rows, KNOWN)
    assert propose(header, OURS)[0] == "head" and propose(header, OURS)[2] == "name"


@pytest.mark.parametrize(
    "label", ["姓名*", "*姓名（必填）", "居民姓名", "１、姓名", "姓  名", "姓名[2-20字]", "居民 姓名："]
)
def test_a_decorated_label_is_still_understood(label: str) -> None:
    header = find_header([[label, "联系电话（手机）", "房号"]], [*KNOWN, "居民姓名"])
    assert propose(header, OURS)[0] == "name"


@pytest.mark.parametrize("label", ["紧急联系人电话", "单位电话", "姓名备注", "曾用姓名"])
def test_a_label_about_something_else_is_left_alone(label: str) -> None:
    header = find_header([["姓名", "房号", label]], KNOWN)
    assert propose(header, OURS) == {0: "name", 1: "room"}


def test_a_sheet_without_header_has_none() -> None:
    assert find_header([["张三", "13800000000"], ["李四", "1"]], KNOWN) is None


def test_equal_headings_have_equal_signatures() -> None:
    first, second = (find_header([["姓名", label]], [*KNOWN]) or find_header([["姓名", "电话"]], KNOWN)
                     for label in ("电 话", "电话"))  # fmt: skip
    assert signature(first) == signature(second)


def test_a_mapping_without_a_required_column_is_refused() -> None:
    with pytest.raises(Refused, match="sheet_column_missing"):
        complete({0: "phone"}, OURS)


def test_notes_totals_signatures_and_repeated_headers_are_no_records() -> None:
    rows = [["序号", "姓名", "电话"], ["填写说明：必填", "", ""], [1, "张三", ""],
            ["", "", ""], ["序号", "姓名", "电话"],
            [2, "李四", ""], ["合计", "2人", ""], ["填表人：王五", "", "日期："]]  # fmt: skip
    records, left_out = cleaned(rows)
    assert [record["name"] for record in records] == ["张三", "李四"]
    assert [record["row"] for record in records] == [3, 6]
    assert left_out == {"note": 1, "blank": 1, "header": 1, "total": 1, "signature": 1}


def test_a_person_whose_name_begins_like_a_total_is_kept() -> None:
    records, _ = cleaned([["姓名", "电话", "房号"], ["全小华", "", "1"], ["单于", "", "2"], ["合计", "", ""]])
    assert [record["name"] for record in records] == ["全小华", "单于"]


DOOR = ["楼栋", "单元", "房号", "姓名", "与户主关系"]


def test_blank_doors_repeat_the_door_above() -> None:
    records, _ = cleaned([DOOR, ["1", "2", "502", "张三", "户主"], ["", "", "", "李四", "配偶"],
                          ["", "", "503", "王五", "户主"], ["2", "", "101", "赵六", "户主"]])  # fmt: skip
    doors = [(record["building"], record["entrance"], record["room"]) for record in records]
    assert doors == [("1", "2", "502"), ("1", "2", "502"), ("1", "2", "503"), ("2", None, "101")]


def test_a_head_without_a_door_does_not_move_in_with_the_neighbours() -> None:
    records, _ = cleaned([DOOR, ["1", "2", "502", "张三", "户主"], ["", "", "", "李四", "户主"],
                          ["", "", "", "王五", "子女"]])  # fmt: skip
    assert [record["room"] for record in records] == ["502", None, None]


def test_merged_doors_hold_for_all_their_rows() -> None:
    rows = [DOOR, ["1", "2", "502", "张三", "户主"], ["", "", "", "李四", "户主"], ["", "", "", "王五", "户主"]]
    merged = tuple(((1, column), (2, column)) for column in range(3))
    records, _ = cleaned(rows, merged)
    assert [record["room"] for record in records] == ["502", "502", None]


def test_several_people_in_one_cell_become_several_rows() -> None:
    records, _ = cleaned([DOOR, ["1", "2", "502", "张三\n李四", "户主\n配偶"]])
    assert [(record["name"], record["relation"], record["room"]) for record in records] == [
        ("张三", "户主", "502"), ("李四", "配偶", "502")]  # fmt: skip


def people_of(*rows: list) -> list[tuple]:
    records, _ = cleaned([list(row) for row in rows])
    return [(record["name"], record.get("phone"), record["room"]) for record in records]


@pytest.mark.parametrize("heads", [
    ["房号", "姓名1", "电话1", "姓名2", "电话2"],
    ["房号", "姓名", "电话", "姓名", "电话"],
    ["房号", "成员一姓名", "成员一电话", "成员二姓名", "成员二电话"],
    ["房号", "姓名（1）", "电话（1）", "姓名（2）", "电话（2）"],
])
def test_people_beside_each_other_in_one_row_are_people_of_one_household(heads: list[str]) -> None:
    assert people_of(heads, ["502", "张三", "13800000000", "李四", "13800000001"],
                     ["503", "王五", "", "", ""], ["", "", "", "", ""], ["504", "", "", "赵六", ""]) == [
        ("张三", "13800000000", "502"), ("李四", "13800000001", "502"), ("王五", None, "503"), ("赵六", None, "504")]


def test_what_stands_once_beside_several_names_is_the_first_persons() -> None:
    assert people_of(["房号", "姓名1", "姓名2", "电话"], ["502", "张三", "李四", "13800000000"]) == [
        ("张三", "13800000000", "502"), ("李四", None, "502")]
    assert people_of(["房号", "姓名1", "姓名2", "电话1", "电话2"], ["502", "张三", "李四", "", "13800000001"]) == [
        ("张三", None, "502"), ("李四", "13800000001", "502")]


@pytest.mark.parametrize("heads", [
    ["房号", "姓名", "电话", "房号", "姓名", "电话"],  # two lists on one page: the right half has doors of its own
    ["房号", "姓名", "电话", "", "姓名（拼音）", "紧急联系人电话"],
])
def test_a_second_name_that_is_no_member_of_the_household_moves_in_with_nobody(heads: list[str]) -> None:
    assert people_of(heads, ["502", "张三", "13800000000", "601", "李四", "13800000001"]) == [
        ("张三", "13800000000", "502")]


TABLE = [["姓名", "电话", "房号"], ["张三", "13800000000", "502"], ["李四", "", "503"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_tables_are_read_in_any_encoding_and_with_any_delimiter(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    path = tmp_path / "table.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(TABLE)
    assert list(open_sheet(path, "", LIMITS).rows) == TABLE


def test_rare_characters_of_names_survive_gb18030(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("姓名,电话\n𠮷田㛃,1\n", encoding="gb18030")
    assert list(open_sheet(path, "", LIMITS).rows)[1][0] == "𠮷田㛃"


def test_days_of_a_1904_workbook_are_the_days_it_shows(tmp_path: Path) -> None:
    path = tmp_path / "mac.xlsx"
    with xlsxwriter.Workbook(str(path), {"date_1904": True}) as book:
        sheet = book.add_worksheet("一")
        sheet.write_datetime(0, 0, date(1990, 1, 31), book.add_format({"num_format": "yyyy-mm-dd"}))
    assert next(open_sheet(path, "一", LIMITS).rows) == [date(1990, 1, 31)]


def test_the_first_sheet_with_a_header_is_taken_and_hidden_ones_are_not_seen(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("说明").write(0, 0, "怎样填写")
        hidden = book.add_worksheet("隐藏")
        hidden.hide()
        for name in ("隐藏", "花名册"):
            sheet = hidden if name == "隐藏" else book.add_worksheet(name)
            for number, row in enumerate(TABLE):
                sheet.write_row(number + 2, 1, row)
    sheet, header = located(path, None, OURS, LIMITS)
    assert (sheet.name, header.last) == ("花名册", 2)
    assert propose(header, OURS) == {1: "name", 2: "phone", 3: "room"}
