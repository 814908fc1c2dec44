"""A first look at an uploaded file, for a person to choose the sheet and correct the columns.

`describe` is the function to call under guard.
"""

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from fengchao.base.errors import Refused
from fengchao.sheets.cells import text
from fengchao.sheets.columns import Column, columns_of
from fengchao.sheets.header import LOOK, Header, find_header, header_at
from fengchao.sheets.limits import Limits
from fengchao.sheets.mapping import propose, signature, vocabulary
from fengchao.sheets.reading import open_sheet, sheet_names
from fengchao.sheets.workbook import Sheet

SHOWN = 12


def describe(
    *, path: str, columns: str, limits: Limits, sheet: str | None = None, header_row: int | None = None
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """One dictionary per visible sheet, or of the one `sheet`; `header` is None where none was found or chosen."""
    ours = columns_of(columns)
    for name in sheet_names(Path(path), limits) if sheet is None else [sheet]:
        yield _describe(open_sheet(Path(path), name, limits), ours, header_row)


def located(
    path: Path, name: str | None, columns: list[Column], limits: Limits, header_row: int | None = None
) -> tuple[Sheet, Header]:  # fmt: skip
    """The named sheet, or the first that has a header, with all its rows from the top."""
    for candidate in sheet_names(path, limits) if name is None else [name]:
        sheet = open_sheet(path, candidate, limits)
        top = list(islice(sheet.rows, LOOK + 1))
        header = _header(top, sheet, columns, header_row)
        if header is not None:
            sheet.rows = chain(top, sheet.rows)
            return sheet, header
    raise Refused("sheet_no_header")


def _header(top: list[list[Any]], sheet: Sheet, columns: list[Column], row: int | None) -> Header | None:
    return find_header(top, vocabulary(columns), sheet.merged) if row is None else header_at(top, row)


def _describe(sheet: Sheet, columns: list[Column], header_row: int | None) -> dict[str, Any]:
    top = list(islice(sheet.rows, LOOK + SHOWN))
    header = _header(top, sheet, columns, header_row)
    if header is None:
        return {"name": sheet.name, "header": None, "top": _shown(top[:SHOWN])}
    return {
        "name": sheet.name,
        "header": header.last + 1,
        "by_hand": header_row is not None,
        "headings": header.headings,
        "signature": signature(header),
        "mapping": [[place, name] for place, name in propose(header, columns).items()],
        "top": _shown(top[header.last + 1 : header.last + 1 + SHOWN]),
    }


def _shown(rows: list[list[Any]]) -> list[list[str]]:
    return [[text(cell)[:80] for cell in row] for row in rows]
