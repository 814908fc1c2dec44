"""Rows of a csv or tsv file, as a stream: encoding and delimiter are found, nothing is kept."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from fengchao.base.errors import Refused
from fengchao.sheets.limits import MB, Limits

DELIMITERS = ",\t;|"


def rows(path: Path, limits: Limits) -> Iterator[list[str]]:
    encoding = encoding_of(path)
    csv.field_size_limit(limits.cell_chars)
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=_delimiter(path, encoding))
        try:
            for number, row in enumerate(reader, 1):
                if number > limits.text_rows:
                    raise Refused("sheet_too_many_rows", limit=limits.text_rows)
                if len(row) > limits.columns and len(_trimmed(row)) > limits.columns:
                    raise Refused("sheet_too_many_columns", columns=len(row), limit=limits.columns)
                yield row
        except csv.Error:
            raise _broken(path, encoding, reader.line_num, limits) from None
        except UnicodeDecodeError:
            raise Refused("sheet_encoding") from None


def encoding_of(path: Path) -> str:
    """The whole file is decoded to decide: GB18030 text may look like UTF-8 for a long while."""
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding in ("utf-8-sig", "gb18030"):
        if _decodes(path, encoding):
            return encoding
    raise Refused("sheet_encoding")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while block := file.read(4 * MB):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(path: Path, encoding: str) -> str:
    """The one that splits the most of the first lines into equally many cells."""
    with path.open(encoding=encoding, newline="") as file:
        lines = [line for line, _ in zip(file, range(50), strict=False)]

    def agreement(delimiter: str) -> tuple[int, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            return (0, 0)
        widths.pop(1, None)
        return max(((count, width) for width, count in widths.items()), default=(0, 0))

    return max(DELIMITERS, key=agreement)


def _trimmed(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row.pop()
    return row


def _broken(path: Path, encoding: str, line: int, limits: Limits) -> Refused:
    """A field that swallowed the following lines had a quotation mark without its mate."""
    with path.open(encoding=encoding, newline="") as file:
        if any(len(text) > limits.cell_chars for text in file):
            return Refused("sheet_cell_too_long", row=line, limit=limits.cell_chars)
    return Refused("sheet_quote", row=line)
