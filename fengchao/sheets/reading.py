"""Any accepted file as sheets of rows, and where its first cell lies when it was too large to read.

`open_sheet` and `sheet_names` run inside the guarded process; `describe` is the function to call under guard.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import IO

from fengchao.base.errors import Refused
from fengchao.sheets import delimited, excel95, workbook
from fengchao.sheets.limits import MB, Limits
from fengchao.sheets.recognise import Kind, recognise
from fengchao.sheets.workbook import Sheet

ONLY = ""  # the one nameless table of a csv file
CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>/]*>\s*<[vif]')


def sheet_names(path: Path, limits: Limits) -> list[str]:
    kind = recognise(path, limits)
    return [ONLY] if kind is Kind.CSV else _reader(kind).names(path, limits)


def open_sheet(path: Path, name: str, limits: Limits) -> Sheet:
    kind = recognise(path, limits)
    if kind is Kind.CSV:
        return Sheet(ONLY, delimited.rows(path, limits))
    reader = _reader(kind)
    if name not in reader.names(path, limits):
        raise Refused("sheet_not_there", sheet=name)
    return reader.sheet(path, name, limits)


def _reader(kind: Kind) -> ModuleType:
    return excel95 if kind is Kind.EXCEL95 else workbook


def far_cell(*, path: str, limits: Limits) -> Iterator[str | None]:
    """The last cell that makes an xlsx too large for memory, found without building the sheet."""
    yield _far_cell(Path(path), limits)


def _far_cell(path: Path, limits: Limits) -> str | None:
    if recognise(path, limits) is not Kind.XLSX:
        return None
    with zipfile.ZipFile(path) as package:
        for part in package.namelist():
            if part.startswith("xl/worksheets/sheet"):
                with package.open(part) as xml:
                    if (far := _beyond(xml, limits)) is not None:
                        return far
    return None


def _beyond(xml: IO[bytes], limits: Limits) -> str | None:
    """A cell outside the columns we accept, or one alone far below all others."""
    before, rest = 0, b""
    while block := xml.read(MB):
        for match in CELL.finditer(rest + block):
            column, row = match[1], int(match[2])
            if _column_number(column) > limits.columns or row > before + 100_000:
                return f"{column.decode()}{row}"
            before = row
        rest = block[-200:]
    return None


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
