"""Rows that lean on the row above: merged cells, cells left blank under a household's first line."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from fengchao.sheets.cells import is_blank
from fengchao.sheets.workbook import Span


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


def several_people(row: list[Any], places: Sequence[int]) -> list[list[Any]]:
    """One row per person where a household's names, ids ... stand under each other inside single cells.

    `places` are those of the personal cells, the name's first.
    """
    if not places or type(row[places[0]]) is not str or "\n" not in row[places[0]]:
        return [row]
    parts = {
        place: [part.strip() for part in row[place].replace("\r", "\n").split("\n") if part.strip()]
        for place in places
        if type(row[place]) is str and "\n" in row[place]
    }
    count = len(parts[places[0]])
    if count < 2 or any(len(found) not in (1, count) for found in parts.values()):
        return [row]
    people = []
    for number in range(count):
        person = list(row)
        for place, found in parts.items():
            person[place] = found[number] if len(found) == count else (found[0] if number == 0 else "")
        people.append(person)
    return people
