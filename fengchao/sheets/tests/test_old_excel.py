"""Workbooks before xlsx, as programs really wrote them."""

from datetime import date
from pathlib import Path

import pytest

from fengchao.sheets.cleaning import Cleaner
from fengchao.sheets.limits import Limits
from fengchao.sheets.mapping import propose
from fengchao.sheets.preview import located
from fengchao.sheets.reading import open_sheet, sheet_names
from fengchao.sheets.tests import bombs
from fengchao.sheets.tests.columns import columns

FILES = Path(__file__).parent / "files"
LIMITS = Limits()
ROWS: list[list[str | float]] = [
    ["姓名", "楼栋", "房号"], ["张三", "三号楼", 502.0], ["", "", ""], ["李四", "3号楼", 503.0]]


@pytest.mark.parametrize("name", ["libreoffice.xls", "gnumeric.xls"])
def test_an_xls_of_another_program_is_read_with_its_merged_cells(name: str) -> None:
    sheet, header = located(FILES / name, None, columns(), LIMITS)
    assert (sheet.name, header.last) == ("花名册", 2)
    cleaner = Cleaner(header, propose(header, columns()), columns(), sheet.merged)
    records = [row.values for row in cleaner.records(sheet.rows)]
    assert [(row["name"], row["building"], row["room"]) for row in records] == [
        ("陈建国", "3号楼", "502"), ("林秀英", "3号楼", "502"), ("陈晓", "3号楼", "502"),
        ("王志强", "三号楼", "503"), ("黄丽", "三号楼", "503"), ("李婷", "5栋", "1单元101")]  # fmt: skip


@pytest.mark.parametrize("name", ["libreoffice.xls", "gnumeric.xls"])
def test_its_days_ids_and_phones_are_what_the_program_shows(name: str) -> None:
    row = list(open_sheet(FILES / name, "花名册", LIMITS).rows)[3]
    assert row[4:7] == ["990007195603025554", date(1956, 3, 2), 16075860000]


@pytest.mark.parametrize("code_page", [936, 1252])  # the second is what web systems wrote over their bytes of GBK
def test_the_chinese_of_excel_95_is_read(tmp_path: Path, code_page: int) -> None:
    path = bombs.excel95(tmp_path / "old.xls", ROWS, code_page)
    assert sheet_names(path, LIMITS) == ["花名册"]
    assert list(open_sheet(path, "花名册", LIMITS).rows) == ROWS
