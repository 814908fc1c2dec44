"""A dirty workbook is dirty in the known ways, and its truth says so."""

import json
from collections import Counter

import pytest
from python_calamine import CalamineWorkbook

from fengchao.demo.dirty import Mess, dirty_sheet, write
from fengchao.demo.dirty.slips import numeral
from fengchao.demo.synthetic import community

DIRTIER = Mess(id_as_number=0.1, id_mistyped=0.05, repeated=0.05, nameless=0.02, doorless=0.02)


@pytest.fixture(scope="module")
def small():
    return community(350181005004, 250, seed=3)


@pytest.fixture(params=["columns", "address"])
def sheet(request, small):
    return dirty_sheet(small, mess=DIRTIER, layout=request.param)


def test_the_same_seed_spoils_the_same_cells(small):
    assert dirty_sheet(small, seed=4).rows == dirty_sheet(small, seed=4).rows
    assert dirty_sheet(small, seed=4).rows != dirty_sheet(small, seed=5).rows


def test_every_row_has_its_truth(sheet):
    assert [row["row"] for row in sheet.truth] == list(range(1, len(sheet.rows) + 1))
    assert len({len(cells) for cells in sheet.rows}) == 1
    verdicts = Counter(row["verdict"] for row in sheet.truth)
    assert {"create", "refuse", "repeat", "ignore"} <= set(verdicts)
    whys = {row["why"] for row in sheet.truth if "why" in row}
    assert {"ric_rounded", "ric_checksum", "name_missing", "door_missing", "title", "note", "total"} <= whys


def test_everyone_is_written_once_or_marked_as_a_repeat(sheet, small):
    firsts = [row["person"]["key"] for row in sheet.truth if row["verdict"] in ("create", "refuse")]
    assert firsts == [person.key for person in small.people]
    made = {row["row"]: row["person"] for row in sheet.truth if row["verdict"] == "create"}
    for row in sheet.truth:
        if row["verdict"] == "repeat":
            assert made[row["of"]] == row["person"]


def test_a_tidy_workbook_refuses_nobody(small):
    tidy = dirty_sheet(small, mess=Mess.tidy())
    assert Counter(row["verdict"] for row in tidy.truth).keys() == {"create", "ignore"}


def test_rounded_ids_have_lost_their_last_digits(sheet):
    column = len(sheet.rows[0]) - 5
    for row in sheet.truth:
        if row.get("why") == "ric_rounded":
            cell = sheet.rows[row["row"] - 1][column]
            assert isinstance(cell, float) and f"{cell:.0f}" != row["person"]["ric"]


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_a_workbook_reads_back_cell_by_cell(sheet, tmp_path, suffix):
    path = tmp_path / f"登记表.{suffix}"
    truth = write(sheet, path)
    page = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    rows = page.to_python(skip_empty_area=False)
    assert len(rows) == len(sheet.rows)
    for read, written in zip(rows, sheet.rows, strict=True):
        blank = [cell or "" for cell in written]
        assert [cell if cell != "" else "" for cell in read] == blank
    assert json.loads(truth.read_text("utf-8"))["rows"] == sheet.truth


def test_a_csv_is_written_as_a_chinese_windows_would(sheet, tmp_path):
    path = tmp_path / "登记表.csv"
    write(sheet, path)
    text = path.read_bytes().decode("gb18030")
    assert text.startswith("宏侨社区人口信息摸底登记表,")
    assert "E+17" in text


@pytest.mark.parametrize("number, spelled", [(3, "三"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一")])
def test_numbers_are_spelled_as_on_the_wall(number, spelled):
    assert numeral(number) == spelled
