"""A file of the national register as (level, code padded to 12 digits, name). Runs in the guarded process.

A workbook, a csv with or without a heading, or the packed form we keep ourselves (`code TAB name` under xz). Codes are
as long as their level, or all padded to 12 digits as the statistics bureau prints them. A line that is not a code
with a name refuses the whole file: a register of which we would have to guess a line is none.
"""

import lzma
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from fengchao.areas.register import LEVEL_OF_LENGTH
from fengchao.base.errors import Refused
from fengchao.base.words import gettext_lazy as _
from fengchao.sheets.cells import text
from fengchao.sheets.columns import Column, TextColumn
from fengchao.sheets.header import LOOK, find_header
from fengchao.sheets.limits import MB, Limits
from fengchao.sheets.mapping import propose, vocabulary
from fengchao.sheets.reading import open_sheet, sheet_names

LIMITS = Limits(file_bytes=100 * MB, unzipped_bytes=400 * MB, output_bytes=100 * MB, text_rows=1_000_000,
                columns=40, cell_chars=200, memory=1400 * MB, cpu_seconds=60, wait_seconds=90)
XZ = b"\xfd7zXZ\x00"
UNPACKED = 90 * MB  # three times the register of today
XZ_MEMORY = 200 * MB
ENDS = ((10**10, 1), (10**8, 2), (10**6, 3), (10**3, 4))  # what a padded code of a level is a multiple of
CHUNK = 20_000
CODE = re.compile(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}")
NAME = re.compile(r"(?=.*[^\W\d_])[^\t\r\n\\\x00-\x1f=+@-][^\t\r\n\\\x00-\x1f]{0,79}")  # neither a number nor a formula
Line = tuple[int, int, str]


class Code(TextColumn):
    identifier, title, required = "code", _("区划代码"), True
    synonyms = ("代码", "统计用区划代码", "行政区划代码", "区划编码", "编码", "code")


class Name(TextColumn):
    identifier, title, required = "name", _("名称"), True
    synonyms = ("名称", "区划名称", "单位名称", "地名", "name")


def lines(*, path: str, limits: Limits) -> Iterator[list[Line]]:
    """All lines, some thousands at a time."""
    read = _levels(list(_pairs(_unpacked(Path(path), limits), limits)))
    while chunk := list(islice(read, CHUNK)):
        yield chunk


def _unpacked(path: Path, limits: Limits) -> Path:
    with path.open("rb") as file:
        if file.read(len(XZ)) != XZ:
            return path
        if path.stat().st_size > limits.file_bytes:
            raise Refused("sheet_too_large", limit=limits.file_bytes // MB)
        file.seek(0)
        target = path.with_name("unpacked")
        target.write_bytes(_unpack(file.read()))
    return target


def _unpack(packed: bytes) -> bytes:
    reader = lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=XZ_MEMORY)
    try:
        made = reader.decompress(packed, max_length=UNPACKED + 1)
    except lzma.LZMAError as damaged:
        raise Refused("sheet_damaged") from damaged
    if len(made) > UNPACKED:
        raise Refused("sheet_bomb")
    if not reader.eof:
        raise Refused("sheet_damaged")
    return made


def _pairs(path: Path, limits: Limits) -> Iterator[tuple[int, str, str]]:
    """(line as the spreadsheet numbers it, code, name)."""
    rows = open_sheet(path, sheet_names(path, limits)[0], limits).rows
    top = list(islice(rows, LOOK + 1))
    if not top:
        raise Refused("sheet_empty")
    first, code, name = _columns(top)
    for number, row in enumerate(chain(top, rows), 1):
        if number > first and any(cell not in ("", None) for cell in row):
            if len(row) <= max(code, name):
                raise Refused("national_line", row=number)
            # A name stays as it is written, full-width brackets too: it is compared with names of the same making.
            yield number, text(row[code]), " ".join(row[name].split()) if type(row[name]) is str else text(row[name])


def _columns(top: list[list[Any]]) -> tuple[int, int, int]:
    """How many lines stand above the first code, and the columns of code and name."""
    if len(top[0]) >= 2 and CODE.fullmatch(text(top[0][0])):
        return 0, 0, 1
    ours: list[Column] = [Code(), Name()]
    header = find_header(top, vocabulary(ours))
    where = {} if header is None else {identifier: place for place, identifier in propose(header, ours).items()}
    if header is None or len(where) < len(ours):
        raise Refused("national_columns")
    return header.last + 1, where["code"], where["name"]


def _levels(pairs: list[tuple[int, str, str]]) -> Iterator[Line]:
    for number, code, name in pairs:
        if not CODE.fullmatch(code) or not NAME.fullmatch(name):
            raise Refused("national_line", row=number)
    padded = not any(len(code) < 6 for _, code, _ in pairs)
    made = [(_level(code) if padded else LEVEL_OF_LENGTH[len(code)], int(code.ljust(12, "0")), name)
            for _, code, name in pairs]
    yield from chain(_counties(made), made) if padded else made


def _level(code: str) -> int:
    number = int(code.ljust(12, "0"))
    return next((level for unit, level in ENDS if number % unit == 0), 5)


def _counties(lines: Iterable[Line]) -> Iterator[Line]:
    """A city without counties is its own one county (东莞): padded codes cannot say it twice."""
    names, counties, wanted = {}, set(), set()
    for level, code, name in lines:
        if level == 2:
            names[code] = name
        elif level == 3:
            counties.add(code)
        elif level == 4:
            wanted.add(code // 10**6 * 10**6)
    yield from ((3, code, names[code]) for code in sorted(wanted - counties) if code in names)
