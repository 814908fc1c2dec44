"""Workbooks out: text stays text, headings stay in view, nothing in a cell can run."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, BinaryIO

from fengchao.sheets.columns import Column
from fengchao.sheets.injection import neutralise
from fengchao.sheets.records import NOTE_MARK

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd",
}
GREY, RED = "#F1F3F5", "#FFC9C9"


def export(target: BinaryIO, *, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> int:
    """Writes one sheet with a header, and a notes row when any column has a note; returns the number of rows.

    Ids and phones are text cells in a text format, so that opening and saving keeps every digit.
    """
    import xlsxwriter  # here, because most processes never write a workbook

    book = xlsxwriter.Workbook(target, OPTIONS)
    sheet = book.add_worksheet(title[:31])
    text_format = book.add_format({"num_format": "@"})
    top = _head(book, sheet, columns, text_format)
    count = 0
    for count, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            write_cell(sheet, top + count - 1, place, value, text_format)
    book.close()
    return count


def write_cell(sheet: Any, row: int, place: int, value: Any, style: Any = None) -> None:
    if value is None or value == "":
        if style is not None:
            sheet.write_blank(row, place, None, style)
    elif isinstance(value, bool):
        sheet.write_string(row, place, "是" if value else "否", style)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value, style)
    elif isinstance(value, date):
        sheet.write_string(row, place, value.isoformat(), style)
    else:
        sheet.write_string(row, place, neutralise(str(value)), style)


def _head(book: Any, sheet: Any, columns: Sequence[Column], text_format: Any) -> int:
    bold = book.add_format({"bold": True, "bg_color": GREY, "bottom": 1, "num_format": "@"})
    small = book.add_format({"italic": True, "font_color": "#868E96", "text_wrap": True, "num_format": "@"})
    notes = [f"{NOTE_MARK}{column.note}" if column.note else "" for column in columns]
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, text_format)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, str(column.title), bold)
    top = 1
    if any(notes):
        for place, note in enumerate(notes):
            sheet.write_string(1, place, note, small)
        top = 2
    sheet.freeze_panes(top, 1)
    return top
