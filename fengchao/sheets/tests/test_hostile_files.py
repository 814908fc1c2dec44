"""Files made to kill or starve a reader: each is refused in words, and this process feels nothing of it."""

import resource
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from fengchao.base.errors import Refused
from fengchao.sheets import guard, uploads
from fengchao.sheets.limits import LIMITS, MB
from fengchao.sheets.tests import bombs

SMALL = replace(LIMITS, memory=500 * MB, cpu_seconds=20, wait_seconds=25)
COLUMNS = "fengchao.sheets.tests.columns:columns"


def describe(path: Path) -> list[dict]:
    return uploads.describe(path, columns=COLUMNS, limits=SMALL)


def refusal(path: Path) -> str:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.monotonic()
    with pytest.raises(Refused) as refused:
        describe(path)
    assert time.monotonic() - begun < 25
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB
    assert len(refused.value.message) > 10
    return refused.value.code


def good_book(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["姓名", "电话"])
        sheet.write_row(1, 0, ["张三", "13800000000"])
    return path


@pytest.mark.parametrize(
    ("make", "codes"),
    [
        (bombs.last_cell, {"sheet_far_cell"}),
        (bombs.zip_bomb, {"sheet_bomb"}),
        (bombs.lying_zip_bomb, {"sheet_bomb", "sheet_damaged", "sheet_memory"}),
        (bombs.billion_laughs, {"sheet_entities"}),
        (bombs.outside_entity, {"sheet_entities"}),
        (bombs.macros, {"sheet_macros"}),
        (lambda path: bombs.compound(path, "EncryptedPackage"), {"sheet_password"}),
        (lambda path: bombs.compound(path, "WordDocument"), {"sheet_unknown"}),
        (lambda path: bombs.compound(path, "Workbook", next_sector=2), {"sheet_memory", "sheet_damaged"}),
        (lambda path: bombs.compound(path, "_VBA_PROJECT_CUR"), {"sheet_macros"}),
        (lambda path: bombs.compound(path, "Book"), {"sheet_damaged", "sheet_memory"}),
        (lambda path: bombs.compound(path, "Book", next_sector=2), {"sheet_damaged", "sheet_memory"}),
    ],
    ids=["last cell", "zip bomb", "lying zip bomb", "billion laughs", "outside entity", "macros", "password",
         "a letter", "endless sectors", "macros of xls",
         "empty Excel 95", "endless sectors of Excel 95"],
)  # fmt: skip
def test_a_crafted_file_gets_a_clear_refusal(
    tmp_path: Path, make: Callable[[Path], Path], codes: set[str]
) -> None:
    assert refusal(make(tmp_path / "file.xlsx")) in codes


def test_two_million_rows_of_a_sheet_are_refused(tmp_path: Path) -> None:
    assert refusal(bombs.endless_rows(tmp_path / "rows.xlsx")) in {"sheet_too_many_rows", "sheet_memory", "sheet_bomb"}


def test_a_truncated_workbook_is_called_damaged(tmp_path: Path) -> None:
    path = good_book(tmp_path / "good.xlsx")
    path.write_bytes(path.read_bytes()[:-700])
    assert refusal(path) == "sheet_damaged"


@pytest.mark.parametrize("spoiled", [40, 700, 1500, 3000])
def test_a_spoiled_byte_never_ends_this_process(tmp_path: Path, spoiled: int) -> None:
    path = good_book(tmp_path / "good.xlsx")
    content = bytearray(path.read_bytes())
    content[spoiled : spoiled + 8] = b"\xff" * 8
    path.write_bytes(content)
    try:
        describe(path)
    except Refused as refused:
        assert refused.code.startswith("sheet_")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "sheet_empty"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "sheet_web_page"),
        (b"%PDF-1.7 ...", "sheet_unknown"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\0", "sheet_unknown"),
        (b"PK\x03\x04 and no more", "sheet_damaged"),
        ("姓名,电话\n张三,1\n".encode() + b"\xff\xfe\x80\x81\n", "sheet_encoding"),
        ('姓名,电话\n"张三,1\n'.encode() + b"x,1\n" * 5000, "sheet_quote"),
        (("姓名,电话\n" + "张" * 20_000 + ",1\n").encode(), "sheet_cell_too_long"),
        (("姓名,电话" + ",x" * 400 + "\n").encode(), "sheet_too_many_columns"),
    ],
)
def test_what_is_no_table_is_named(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "upload.xlsx"
    path.write_bytes(content)
    assert refusal(path) == code


def test_a_csv_named_xlsx_is_read_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "really.xlsx"
    path.write_text("姓名,电话\n张三,13800000000\n", encoding="gb18030")
    assert describe(path)[0]["headings"] == ["姓名", "电话"]


def test_links_to_other_workbooks_are_not_followed(tmp_path: Path) -> None:
    path = good_book(tmp_path / "linked.xlsx")
    book = openpyxl.load_workbook(path)
    book.active["C1"] = "=[1]Sheet1!$A$1"
    book.save(path)
    assert describe(path)[0]["headings"][:2] == ["姓名", "电话"]


def spin(*, limits: object) -> object:
    while True:
        yield from ()


def idle(*, limits: object) -> object:
    yield time.sleep(3600)


def test_a_reader_that_computes_for_ever_is_stopped() -> None:
    with pytest.raises(Refused, match="sheet_slow"):
        guard.call(f"{__name__}:spin", limits=replace(SMALL, cpu_seconds=1))


def test_a_reader_that_waits_for_ever_is_stopped() -> None:
    with pytest.raises(Refused, match="sheet_slow"):
        guard.call(f"{__name__}:idle", limits=replace(SMALL, wait_seconds=1))


def environment(*, limits: object) -> object:
    import os

    yield sorted(os.environ)


def test_the_reader_gets_no_secrets_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FENGCHAO_DATABASE_URL", "postgresql://secret")
    assert set(guard.call(f"{__name__}:environment")) <= {"LC_ALL", "PATH", "PYTHONPATH", "LC_CTYPE",
                                                             "OPENBLAS_NUM_THREADS"}
