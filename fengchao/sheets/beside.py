"""Several people beside each other in one row, one household a line: 姓名1 身份证1 姓名2 身份证2.

A mapping then names the same personal column several times. What stands as often as names is theirs one by one, what
stands once is the first person's unless its heading counts (家庭成员1关系), and anything else belongs to the name
before it.
"""

from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator
from typing import Any

from fengchao.sheets.cells import is_blank
from fengchao.sheets.columns import Column

Places = dict[str, int]  # identifier -> position in the file


class Beside:
    """`people`: where the cells of each person of a row stand; `read`: where every cell is read from in the end."""

    def __init__(
        self, mapping: dict[int, str], columns: Iterable[Column], counted: Container[int] = ()
    ) -> None:  # fmt: skip
        personal = [column for column in columns if not column.household and column.identifier in mapping.values()]
        where = {
            column.identifier: [place for place in sorted(mapping) if mapping[place] == column.identifier]
            for column in personal
        }
        leads = next((where[column.identifier] for column in personal if column.required), [])
        self.people: list[Places] = [{} for _ in leads] or [{}]
        for identifier, places in where.items():
            for nth, place in enumerate(places):
                owner = nth if len(places) == len(leads) else max(0, bisect_right(leads, place) - 1)
                own = len(leads) > 1 and (len(places) > 1 or place in counted)
                self.people[owner if own else 0].setdefault(identifier, place)
        self.read: Places = {identifier: places[0] for identifier, places in where.items()}

    def split(self, row: list[Any]) -> Iterator[tuple[list[Any], Places]]:
        """The row once for each person in it, their cells where `read` looks for them."""
        if len(self.people) == 1:
            yield row, self.people[0]
            return
        there = [places for places in self.people if any(not is_blank(row[place]) for place in places.values())]
        for places in there or self.people[:1]:
            person = list(row)
            for identifier, place in self.read.items():
                person[place] = row[places[identifier]] if identifier in places else ""
            yield person, places
