"""Finds the header of a sheet under its title."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from fengchao.base.errors import Refused
from fengchao.sheets.cells import is_blank, text
from fengchao.sheets.characters import plain
from fengchao.sheets.workbook import Span

LOOK = 40  # rows from the top; a title, a unit, notes and a date never take more
_BRACKETS = re.compile(r"[(（\[【{<《].*?[)）\]】}>》]")
_DECORATION = re.compile(r"[*※:：?？、,，.。·/\\\-_\d]+|必填|选填|(?<=.)信息$")


@dataclass(frozen=True, slots=True)
class Header:
    """`labels[i]` holds what names column i: the lower cell first, then the merged cell above it."""

    first: int
    last: int
    labels: list[tuple[str, ...]]

    @property
    def headings(self) -> list[str]:
        """One readable heading per column, for a person to look at."""
        return [" / ".join(reversed(names)) if names else "" for names in self.labels]


def words_of(label: str) -> str:
    """A label without units in brackets, asterisks, numbering and spaces."""
    bare = plain(label)
    return _DECORATION.sub("", _BRACKETS.sub("", bare)) or bare


def readings(names: tuple[str, ...]) -> list[str]:
    """What a label may say, best first: 户主 over 姓名 is 户主姓名 before it is 姓名."""
    spoken = [words_of(name) for name in names]
    return ["".join(reversed(spoken)), spoken[0]] if len(spoken) > 1 else spoken


def find_header(
    rows: Sequence[list[Any]], known: Iterable[str], merged: Iterable[Span] = ()
) -> Header | None:
    """The row, or pair of rows, that names most of the known columns; None when none names two."""
    words = {words_of(word) for word in known}
    spread = _spread(rows[: LOOK + 1], merged)
    best, best_score = None, (1, 0)
    for header in _candidates(spread):
        named = {word for names in header.labels for word in readings(names) if word in words}
        score = (len(named), header.first == header.last)  # of equals the single row: above it is a title
        if score > best_score:
            best, best_score = header, score
    return best


def header_at(rows: Sequence[list[Any]], row: int) -> Header:
    """The row that a person says is the header, numbered as the spreadsheet shows it."""
    if not 0 < row <= min(len(rows), LOOK) or all(is_blank(cell) for cell in rows[row - 1]):
        raise Refused("sheet_no_header")
    return Header(row - 1, row - 1, [_names(cell) for cell in rows[row - 1]])


def _candidates(spread: list[list[Any]]) -> Iterable[Header]:
    for index, row in enumerate(spread[:LOOK]):
        yield Header(index, index, [_names(cell) for cell in row])
        if index + 1 < len(spread):
            yield Header(index, index + 1, _pair(row, spread[index + 1]))


def _spread(rows: Sequence[list[Any]], merged: Iterable[Span]) -> list[list[Any]]:
    """The rows with each merged cell's text in all the cells it covers."""
    spread = [list(row) for row in rows]
    for (top, left), (bottom, right) in merged:
        if top >= len(spread) or left >= len(spread[top]):
            continue
        said = spread[top][left]
        for row in spread[top : bottom + 1]:
            row[left : right + 1] = [said] * len(row[left : right + 1])
    return spread


def _names(cell: Any) -> tuple[str, ...]:
    return () if is_blank(cell) else (text(cell),)


def _pair(upper: list[Any], lower: list[Any]) -> list[tuple[str, ...]]:
    """Two rows as one header; unless merged, an upper cell reaches right over the blanks beside it."""
    labels: list[tuple[str, ...]] = []
    reach: Any = None
    for index in range(max(len(upper), len(lower))):
        above = upper[index] if index < len(upper) else None
        below = lower[index] if index < len(lower) else None
        if not is_blank(above):
            reach = above
        elif is_blank(below):
            reach = None
        names = _names(below) + _names(reach)
        labels.append(names[:1] if len(set(names)) == 1 else names)
    return labels
