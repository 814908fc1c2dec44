"""A sheet as xlsx, csv in GB18030, or ods, with the truth as JSON beside it."""

import csv
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

from fengchao.demo.dirty.sheet import Sheet
from fengchao.demo.dirty.slips import Cell


def write(sheet: Sheet, path: Path) -> Path:
    """Writes `path` by its suffix and `path` + ".truth.json"; returns where the truth is."""
    WRITERS[path.suffix](sheet, path)
    truth = path.with_name(path.name + ".truth.json")
    text = json.dumps({"layout": sheet.layout, "rows": sheet.truth}, ensure_ascii=False, indent=0)
    truth.write_text(text, encoding="utf-8")
    return truth


def _xlsx(sheet: Sheet, path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("人口信息")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        merged = book.add_format({"align": "center", "valign": "vcenter"})
        for first, left, last, right in sheet.merges:
            page.merge_range(first, left, last, right, "", merged)
        for at, row in enumerate(sheet.rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(at, column, cell, day)
                elif isinstance(cell, int | float):
                    page.write_number(at, column, cell)
                elif cell:
                    page.write_string(at, column, cell)


def _csv(sheet: Sheet, path: Path) -> None:
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([_as_saved(cell) for cell in row] for row in sheet.rows)


def _as_saved(cell: Cell) -> str:
    """What Excel puts into a csv: the cell as shown, so long numbers come out as 9.90504E+17."""
    if isinstance(cell, date):
        return f"{cell.year}/{cell.month}/{cell.day}"
    if isinstance(cell, float):
        return f"{cell:.5E}"
    return "" if cell is None else str(cell)


ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2"'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="人口信息">'
)
ODS_TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"
ODS_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def _ods(sheet: Sheet, path: Path) -> None:
    spans = {(top, left): (low - top + 1, right - left + 1) for top, left, low, right in sheet.merges}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", ODS_TYPE, zipfile.ZIP_STORED)
        book.writestr("META-INF/manifest.xml", ODS_MANIFEST)
        rows = (
            "<table:table-row>"
            + "".join(_ods_cell(cell, spans.get((at, column))) for column, cell in enumerate(row))
            + "</table:table-row>"
            for at, row in enumerate(sheet.rows)
        )
        book.writestr("content.xml", ODS_HEAD + "".join(rows) + ODS_TAIL)


def _ods_cell(cell: Cell, span: tuple[int, int] | None) -> str:
    if cell is None:
        return "<table:table-cell/>"
    shown = _as_saved(cell) if isinstance(cell, date | float) else str(cell)
    if isinstance(cell, date):
        kind = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
    elif isinstance(cell, int | float):
        kind = f'office:value-type="float" office:value={quoteattr(repr(cell))}'
    else:
        kind = 'office:value-type="string"'
    if span:
        kind += f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"'
    return f"<table:table-cell {kind}><text:p>{escape(shown)}</text:p></table:table-cell>"


WRITERS: dict[str, Callable[[Sheet, Path], None]] = {".xlsx": _xlsx, ".csv": _csv, ".ods": _ods}
