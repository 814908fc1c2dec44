"""Rows that lean on the row above: merged cells, cells left blank under a household's first line."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from fengchao.sheets.cells import is_blank
from fengchao.sheets.workbook import Span

JOINED = re.compile(r"[、，,;；/\r\n]")  # between the people of one cell; the dot of 阿依·买买提 is part of a name
_BETWEEN, _LINES = re.compile(r"[、，,;；\r\n]"), re.compile(r"[\r\n]")
_ASIDE = re.compile("[(（]")  # 张三（已故，2020年）


def unmerge(rows: Iterable[list[Any]], merged: Iterable[Span]) -> Iterator[list[Any]]:
    """Each row with the text of cells merged downwards written into all the rows they cover."""
    starts: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _right) in merged:
        if bottom > top:
            starts.setdefault(top, []).append((left, bottom))
    if not starts:
        yield from rows
        return
    covering: dict[int, tuple[int, Any]] = {}
    for number, row in enumerate(rows):
        for column, (bottom, value) in list(covering.items()):
            if number > bottom:
                del covering[column]
            elif column < len(row):
                row[column] = value
        for column, bottom in starts.get(number, ()):
            covering[column] = (bottom, row[column] if column < len(row) else "")
        yield row


def fill_down(row: list[Any], above: list[Any], places: Sequence[int]) -> None:
    """Completes a row's household cells, ordered from the building to the room, from the row above.

    A blank repeats what stands above it as long as no cell before it has said something new: a new building's
    blank entrance stays blank.
    """
    for place in places:
        if is_blank(row[place]):
            row[place] = above[place]
        elif row[place] != above[place]:
            return


def several_people(row: list[Any], places: Sequence[int], prose: Collection[int] = (),
                   unique: Collection[int] = ()) -> list[list[Any]]:  # fmt: skip
    """One row per person where a household's names, ids ... stand in single cells, below each other or as 赵一、赵二.

    `places` are those of the personal cells, the name's first; those in `prose` are divided by lines only. What is
    written once holds for all, unless it is `unique` to a person. A row whose cells disagree about how many people
    there are stays as it is, and its name, still joined, is refused.
    """
    if not places or places[0] in prose or type(lead := row[places[0]]) is not str:
        return [row]
    if not JOINED.search(lead) or _ASIDE.search(lead):
        return [row]
    between = JOINED if "/" in lead else _BETWEEN  # else it belongs to a date
    names = _parts(lead, JOINED)
    if len(names) < 2:
        return [[*row[: places[0]], *names, *row[places[0] + 1 :]]] if names else [row]
    people = [list(row) for _ in names]
    for place in places:
        found = names if place == places[0] else _parts(row[place], _LINES if place in prose else between)
        if len(found) == len(names):
            for person, part in zip(people, found, strict=True):
                person[place] = part
        elif place not in prose and (len(found) > 1 or found and place in unique):
            return [row]
    return people


def _parts(cell: Any, between: re.Pattern[str]) -> list[Any]:
    if type(cell) is str:
        return [part.strip() for part in between.split(cell) if part.strip()]
    return [] if is_blank(cell) else [cell]
