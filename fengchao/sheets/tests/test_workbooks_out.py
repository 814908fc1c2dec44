"""What leaves as a workbook: nothing in it runs, it imports unchanged; refused cells are marked."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from fengchao.sheets import uploads
from fengchao.sheets.cells import text
from fengchao.sheets.cleaning import Cleaner
from fengchao.sheets.header import find_header
from fengchao.sheets.limits import LIMITS
from fengchao.sheets.mapping import propose, vocabulary
from fengchao.sheets.reading import open_sheet
from fengchao.sheets.tests.columns import columns
from fengchao.sheets.wording import sentence
from fengchao.sheets.writing import export

OURS = columns()
ROW = ["3号楼", "2", "502", "张三", "李四", "13800000000", "配偶"]


def exported(path: Path, rows: list[list]) -> list[list]:
    with path.open("wb") as file:
        assert export(file, title="花名册", columns=OURS, rows=rows) == len(rows)
    return list(open_sheet(path, "花名册", LIMITS).rows)


def test_an_export_imports_unchanged(tmp_path: Path) -> None:
    rows = exported(tmp_path / "out.xlsx", [ROW, ["3号楼", "2", "503", "=1+1", "@王五", None, None]])
    header = find_header(rows, vocabulary(OURS))
    records = list(Cleaner(header, propose(header, OURS), OURS).records(rows))
    assert [list(record.values.values()) for record in records] == [
        ROW, ["3号楼", "2", "503", "=1+1", "@王五", None, None]]  # fmt: skip


@settings(max_examples=30)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=30), min_size=1))
def test_any_text_comes_back_as_it_would_have_been_stored(texts: list[str]) -> None:
    stored = [value for value in map(text, texts) if value and not value.startswith("'") and "_x" not in value]
    buffer = BytesIO()
    export(buffer, title="表", columns=OURS[:1], rows=[[value] for value in stored])
    rows = openpyxl.load_workbook(buffer).active.iter_rows(values_only=True)
    assert [text(row[0]) for row in rows][1:] == stored


def test_no_exported_cell_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    exported(path, [["=HYPERLINK(1)", "+1", "-1", "@x", "\t=1", "＝1", "http://x"]])
    for row in openpyxl.load_workbook(path).active.iter_rows():
        for cell in row:
            assert cell.data_type in ("s", "n") and not str(cell.value or "").startswith(("=", "+", "-", "@", "\t"))
            assert cell.hyperlink is None


def marked(path: Path, tmp_path: Path) -> tuple:
    target = tmp_path / "marked.xlsx"
    name = uploads.describe(path, columns="fengchao.sheets.tests.columns:columns")[0]["name"]
    marks = [(3, 1, "不是有效的电话号码"), (3, None, "没有地址"), (4, 0, "没有填写")]
    assert uploads.mark(path, target, sheet=name, header=2, reason="不能导入的原因", marks=marks) == 2
    page = openpyxl.load_workbook(target).active
    assert page.cell(2, 3).value == "不能导入的原因"
    assert page.cell(3, 3).value == "不是有效的电话号码；没有地址"
    assert page.cell(3, 2).fill.fgColor.rgb == page.cell(4, 1).fill.fgColor.rgb == "FFFFC9C9"
    assert page.cell(3, 1).fill.fgColor.rgb != "FFFFC9C9"
    assert [page.cell(2, 1).value, page.cell(3, 1).value] == ["姓名", "张三"]
    return page


def test_refused_cells_are_marked_in_the_same_workbook(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("一")
        sheet.merge_range(0, 0, 0, 1, "花名册", book.add_format({"bold": True}))
        for number, row in enumerate([["姓名", "电话"], ["张三", "1380"], ["", "13800000000"]], 1):
            sheet.write_row(number, 0, row)
        book.add_worksheet("别的").write(0, 0, "还在")
    page = marked(path, tmp_path)
    assert page.cell(1, 1).font.bold and page.cell(3, 2).comment.text == "不是有效的电话号码"
    assert page.parent["别的"]["A1"].value == "还在"


def test_a_csv_comes_back_as_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("花名册,\n姓名,电话\n张三,1380\n,13800000000\n", encoding="gb18030")
    page = marked(path, tmp_path)
    assert page.cell(4, 2).value == "13800000000"


@pytest.mark.parametrize("code", ["cell_required", "id_rounded", "phone_several"])
def test_every_flaw_says_what_to_do(code: str) -> None:
    assert "%" not in sentence(code, {"count": 2, "kept": 1, "left": 1})
