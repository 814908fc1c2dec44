"""Sheets of an xlsx, xls or ods workbook through calamine. Runs inside the guarded process."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from fengchao.base.errors import Refused
from fengchao.sheets.limits import Limits

Span = tuple[tuple[int, int], tuple[int, int]]


@dataclass(slots=True)
class Sheet:
    """Rows counted from 0 at the top of the sheet, cells from 0 at its left edge, whatever area is in use."""

    name: str
    rows: Iterator[list[Any]]
    merged: list[Span] = field(default_factory=list)
    height: int | None = None


def names(path: Path, limits: Limits) -> list[str]:
    """Visible worksheets in their order; charts, macro sheets and hidden lists of choices are left out."""
    book = _open(path)
    found = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    if len(found) > limits.sheets:
        raise Refused("sheet_too_many_sheets", limit=limits.sheets)
    return found


def sheet(path: Path, name: str, limits: Limits) -> Sheet:
    try:
        opened = _open(path).get_sheet_by_name(name)
    except Refused:
        raise
    except BaseException as error:  # a panic of the Rust side is no Exception
        raise _translated(error) from None
    if opened.total_height > limits.rows:
        raise Refused("sheet_too_many_rows", limit=limits.rows)
    if opened.total_width > limits.columns:
        raise Refused("sheet_too_many_columns", columns=opened.total_width, limit=limits.columns)
    return Sheet(name, _rows(opened), list(opened.merged_cell_ranges or []), opened.total_height)


@lru_cache(maxsize=1)
def _open(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(path)
    except BaseException as error:
        raise _translated(error) from None


def _rows(opened: Any) -> Iterator[list[Any]]:
    """How long a cell may be each column says; a workbook's own limit is 32,767 characters."""
    margin = [""] * opened.start[1] if opened.start else []
    if not margin:
        yield from opened.iter_rows()
    else:
        for row in opened.iter_rows():
            yield margin + row


def _translated(error: BaseException) -> BaseException:
    if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
        return error
    if isinstance(error, PasswordError) or "password" in str(error).lower():
        return Refused("sheet_password")
    return Refused("sheet_damaged")
