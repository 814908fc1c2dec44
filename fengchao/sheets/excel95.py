"""Sheets of a workbook of Excel 5.0/95 (BIFF5), which old systems of offices still export.

Runs inside the guarded process. The fast reader takes two bytes for every letter of a Chinese code page and gives back
garbage without an error.
"""

import os
from datetime import datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

import xlrd

from fengchao.base.errors import Refused
from fengchao.sheets.limits import Limits
from fengchao.sheets.workbook import Sheet

WESTERN = 1252  # what programs wrote that put their bytes of GBK into a file and never asked
VISIBLE = 0


def names(path: Path, limits: Limits) -> list[str]:
    found = [sheet.name for sheet in _open(path).sheets() if sheet.visibility == VISIBLE]
    if len(found) > limits.sheets:
        raise Refused("sheet_too_many_sheets", limit=limits.sheets)
    return found


def sheet(path: Path, name: str, limits: Limits) -> Sheet:
    book = _open(path)
    opened = book.sheet_by_name(name)
    if opened.ncols > limits.columns:
        raise Refused("sheet_too_many_columns", columns=opened.ncols, limit=limits.columns)
    rows = ([_value(cell, book.datemode) for cell in opened.row(number)] for number in range(opened.nrows))
    merged = [((top, left), (bottom - 1, right - 1)) for top, bottom, left, right in opened.merged_cells]
    return Sheet(name, rows, merged, opened.nrows)


@lru_cache(maxsize=1)
def _open(path: Path) -> xlrd.Book:
    with open(os.devnull, "w") as nowhere:
        try:
            book = xlrd.open_workbook(str(path), logfile=nowhere, formatting_info=True)
            if book.codepage == WESTERN:
                return _as_gbk(path, nowhere) or book
            return book
        except MemoryError:
            raise
        except Exception:  # a crafted file meets assertions and indexes of all kinds
            raise Refused("sheet_damaged") from None


def _as_gbk(path: Path, nowhere: Any) -> xlrd.Book | None:
    try:
        return xlrd.open_workbook(str(path), logfile=nowhere, formatting_info=True, encoding_override="gb18030")
    except UnicodeDecodeError:
        return None


def _value(cell: Any, datemode: int) -> Any:
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            moment = xlrd.xldate_as_datetime(cell.value, datemode)
        except (ValueError, OverflowError, xlrd.xldate.XLDateError):
            return cell.value
        return moment.date() if isinstance(moment, datetime) and moment.time() == time.min else moment
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return "" if cell.ctype == xlrd.XL_CELL_ERROR else cell.value
