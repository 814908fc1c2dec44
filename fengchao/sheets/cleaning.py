"""Rows of a sheet into checked values. Runs inside the guarded process; knows columns, not nouns."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fengchao.sheets.beside import Beside, Places
from fengchao.sheets.cells import Flaw, Remark, is_blank
from fengchao.sheets.columns import Column
from fengchao.sheets.header import Header
from fengchao.sheets.households import fill_down, several_people, unmerge
from fengchao.sheets.mapping import Mapping, counted
from fengchao.sheets.records import Sorter, is_notes_row
from fengchao.sheets.workbook import Span

REMEMBERED = 50_000  # distinct cells kept per column of few values


@dataclass(slots=True)
class Row:
    """A record of the sheet: `number` as the spreadsheet shows it, values by identifier."""

    number: int
    values: dict[str, Any]
    flaws: list[tuple[str, Flaw]] = field(default_factory=list)
    remarks: list[tuple[str, Remark]] = field(default_factory=list)
    home: tuple[Any, ...] = ()  # its household cells as written: equal for the rows of one household
    places: Places = field(default_factory=dict)  # where this person's own cells stand


class Cleaner:
    """Applies a mapping: keeps records, fills households down, cleans every mapped cell.

    Without `households` every row is about somebody for themselves: one without any door has none.
    """

    def __init__(
        self, header: Header, mapping: Mapping, columns: Iterable[Column], merged: Iterable[Span] = (),
        households: bool = True,
    ) -> None:  # fmt: skip
        self.header, self.merged, self.households = header, list(merged), households
        by_id = {column.identifier: column for column in columns}
        self.beside = Beside(mapping, by_id.values(), counted(header))
        order = {identifier: rank for rank, identifier in enumerate(by_id)}
        mapped = set(mapping.values())
        self.missing = [name for name, column in by_id.items() if column.required and name not in mapped]
        places = sorted(mapping, key=lambda place: order[mapping[place]])
        self.household = [place for place in places if by_id[mapping[place]].household]
        self.personal = [place for place in places if place in self.beside.read.values()]
        self.prose = {place for place in self.personal if by_id[mapping[place]].prose}
        self.unique = {place for place in self.personal if by_id[mapping[place]].unique}
        self.places = self.personal + [place for place in places if place not in self.personal]  # names are there
        self.read_home = [_reading(place, by_id[mapping[place]]) for place in self.household]
        self.read_person = [_reading(place, by_id[mapping[place]]) for place in self.personal]
        self.home = Row(0, {})
        self.heads = [
            (place, by_id[mapping[place]].begins_household)
            for place in places
            if type(by_id[mapping[place]]).begins_household is not Column.begins_household
        ]
        self.width = max(mapping, default=-1) + 1
        self.left_out: dict[str, int] = {}

    def records(self, rows: Iterable[list[Any]]) -> Iterator[Row]:
        """`rows` from the top of the sheet, the header's included."""
        above: list[Any] | None = None
        width, last, expect_notes = self.width, self.header.last, True
        reason = Sorter(self.header).reason
        for index, row in enumerate(unmerge(rows, self.merged)):
            if index <= last:
                continue
            why = reason(row)
            if why is None and expect_notes and index <= last + 2 and is_notes_row(row):
                why = "note"
            if why is None and self._nobody(row):
                why = "blank"
            if why is not None:
                self.left_out[why] = self.left_out.get(why, 0) + 1
                continue
            expect_notes = False
            if len(row) < width:
                row = row + [""] * (width - len(row))
            if above is not None and not self._begins(row):
                fill_down(row, above, self.household)
            above = row
            for cells, where in self.beside.split(row):
                for person in several_people(cells, self.personal, self.prose, self.unique):
                    yield self._clean(index + 1, person, where)

    def _begins(self, row: list[Any]) -> bool:
        """A head of household without any door has lost it: the neighbours' door above must not be taken."""
        return all(is_blank(row[place]) for place in self.household) and (
            not self.households or any(begins(row[place]) for place, begins in self.heads)
        )

    def _nobody(self, row: list[Any]) -> bool:
        """Only cells that we do not read say anything: a running number, a note."""
        width = len(row)
        return all(place >= width or is_blank(row[place]) for place in self.places)

    def _clean(self, number: int, row: list[Any], where: Places) -> Row:
        cells = tuple([row[place] for place in self.household])
        if cells != self.home.home or not self.home.number:  # the rows of a household stand together: read it once
            self.home = Row(number, {}, home=cells)
            _read(self.read_home, row, self.home)
        home = self.home
        record = Row(number, home.values.copy(), home.flaws.copy(), home.remarks.copy(), cells, where)
        _read(self.read_person, row, record)
        for name in self.missing:
            record.flaws.append((name, Flaw("cell_required")))
        return record


Reading = tuple[int, str, Any, Callable[[Any], Any], dict[str, Any] | None]


def _reading(place: int, column: Column) -> Reading:
    """Where a cell stands, whose it is, what a blank one means, how it is read, and what was read before."""
    return place, column.identifier, column.read(""), column.read, {} if column.few else None


def _read(readings: Iterable[Reading], row: list[Any], record: Row) -> None:
    values = record.values
    for place, name, blank, read, seen in readings:
        cell = row[place]
        if cell == "":
            value = blank
        elif seen is None:
            value = read(cell)
        elif type(cell) is str:
            if (value := seen.get(cell, seen)) is seen:
                value = read(cell)
                if len(seen) < REMEMBERED:
                    seen[cell] = value
        else:
            value = read(cell)
        kind = type(value)
        if kind is Flaw:
            record.flaws.append((name, value))
            value = None
        elif kind is Remark:
            record.remarks.append((name, value))
            value = value.value
        values[name] = value


def plainly(value: Any) -> Any:
    """A value in a shape that JSON can carry."""
    return value.isoformat() if isinstance(value, date) else value
