"""Gives an uploaded workbook back with the refused cells marked and the reasons beside them.

Runs under guard, like reading: the file is as hostile on the way back. An xlsx of moderate size keeps its own
look (openpyxl); anything else is written as a new xlsx with the same cells.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from fengchao.base.errors import Refused
from fengchao.sheets.cells import text
from fengchao.sheets.injection import neutralise
from fengchao.sheets.limits import MB, Limits
from fengchao.sheets.reading import open_sheet
from fengchao.sheets.recognise import Kind, recognise
from fengchao.sheets.writing import OPTIONS, RED, write_cell

KEPT_AS_IT_WAS = 6 * MB  # openpyxl takes some fifty times a file's size
COMMENTED = 2_000

Marks = dict[int, list[tuple[int | None, str]]]  # row as the spreadsheet numbers it -> (position, reason)


def mark(
    *, path: str, sheet: str, header: int, marks: list[Any], reason: str, output: str, beside: list[Any] | None,
    limits: Limits,
) -> Iterator[int]:
    """Writes `output`; `marks` are [row, position or null, sentence]; `reason` heads the extra column.

    `beside`: see `uploads.mark`.
    """
    by_row: Marks = {}
    for row, place, sentence in marks:
        by_row.setdefault(row, []).append((place, sentence))
    source = Path(path)
    if recognise(source, limits) is Kind.XLSX and source.stat().st_size <= KEPT_AS_IT_WAS:
        _mark_in_place(source, sheet, header, by_row, reason, output, beside)
    else:
        _write_marked(source, sheet, header, by_row, reason, output, beside, limits)
    yield len(by_row)


def _mark_in_place(
    source: Path, sheet: str, header: int, marks: Marks, reason: str, output: str, beside: list[Any] | None
) -> None:
    try:
        with source.open("rb") as file:  # given a path it would decide by the name
            book = openpyxl.load_workbook(file, keep_links=False)
        page = book[sheet]
    except MemoryError:
        raise
    except Exception:
        raise Refused("sheet_damaged") from None
    fill = PatternFill("solid", fgColor="FF" + RED.lstrip("#"))
    extra = page.max_column + 1
    page.cell(header, extra, reason).fill = fill
    comments = 0
    for row, found in marks.items():
        page.cell(row, extra, "；".join(sentence for _, sentence in found)).fill = fill
        for place, sentence in found:
            if place is None:
                continue
            cell = page.cell(row, place + 1)
            if isinstance(cell, openpyxl.cell.cell.MergedCell):
                continue
            cell.fill = fill
            if comments < COMMENTED:
                cell.comment = Comment(sentence, "蜂巢")
                comments += 1
    page.column_dimensions[openpyxl.utils.get_column_letter(extra)].width = 50
    if beside:
        further = book.create_sheet(beside[0])
        for row in beside[1]:
            further.append([neutralise(words) for words in row])
    book.active = book.index(page)
    book.save(output)


def _write_marked(
    source: Path, sheet: str, header: int, marks: Marks, reason: str, output: str, beside: list[Any] | None,
    limits: Limits,
) -> None:  # fmt: skip
    opened = open_sheet(source, sheet, limits)
    book = xlsxwriter.Workbook(output, OPTIONS)
    page = book.add_worksheet(sheet[:31] or None)
    red = book.add_format({"bg_color": RED, "num_format": "@"})
    plain_text = book.add_format({"num_format": "@"})
    top = []
    for index, row in enumerate(opened.rows):
        if index < header:
            top.append(row)
        if index == header - 1:
            width = max(len(above) for above in top)
            page.set_column(width, width, 50)
        found = marks.get(index + 1, ())
        flagged = {place for place, _ in found}
        for place, cell in enumerate(row):
            write_cell(page, index, place, text(cell), red if place in flagged else plain_text)
        for beyond in flagged:
            if beyond is not None and beyond >= len(row):
                page.write_blank(index, beyond, None, red)
        if index == header - 1:
            page.write_string(index, width, reason, red)
        elif found:
            page.write_string(index, width, "；".join(sentence for _, sentence in found), red)
    if beside:
        further = book.add_worksheet(beside[0] if beside[0] != sheet else f"{beside[0]}2")
        for index, row in enumerate(beside[1]):
            for place, words in enumerate(row):
                write_cell(further, index, place, words, plain_text)
    book.close()
