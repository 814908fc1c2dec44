"""Lays a community out as one untidy sheet, and writes down row by row what each should become."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from random import Random
from typing import Any

from fengchao.demo.dirty import doors, slips
from fengchao.demo.dirty.doors import Door
from fengchao.demo.dirty.slips import RELATIONS, TENURES, Cell, Mess
from fengchao.demo.synthetic.community import Community
from fengchao.demo.synthetic.model import NATIONAL_ID, NO_DOCUMENT, Person

PERSON_HEADS = ["姓名", "性别", "出生日期", "身份证号码", "联系电话", "与户主关系", "居住类型", "备注"]
SYNONYMS = ["姓 名", "性别", "出生年月日", "公民身份号码", "手机号", "与户主的关系", "房屋性质", "备注"]
NOTE = "填表说明：身份证号码请填写18位；出生日期格式如1985-03-07；同一户只在第一行填写住址。"
LAYOUTS = ("columns", "address")


@dataclass
class Sheet:
    """`rows` as cells; `merges` as (first row, first column, last row, last column), all counted from 0."""

    title: str
    layout: str
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    truth: list[dict] = field(default_factory=list)

    def add(self, cells: list[Cell], verdict: str, **more) -> int:
        """Verdicts: create, repeat (of row), refuse (why), ignore (why). Rows count from 1, as Excel does."""
        self.rows.append(cells)
        self.truth.append({"row": len(self.rows), "verdict": verdict, **more})
        return len(self.rows)


def dirty_sheet(
    community: Community, seed: int = 1, mess: Mess | None = None, layout: str = "columns",
    name: str = "宏侨社区", limit: int | None = None,
) -> Sheet:  # fmt: skip
    """`limit`: at most so many households. Rows that repeat a person stand at the end, before the totals."""
    scribe = _Scribe(Random(f"{seed}:{community.code}:{layout}"), mess or Mess(), layout, name)
    scribe.head()
    for door, members in _households(community, limit):
        scribe.household(door, members)
    scribe.foot()
    return scribe.sheet


def _households(community: Community, limit: int | None) -> Iterator[tuple[Door, list[Person]]]:
    compounds = {one.key: one for one in community.compounds}
    buildings = {one.key: one for one in community.buildings}
    dwellings = {one.key: one for one in community.dwellings}
    for nth, (_, members) in enumerate(groupby(community.people, key=lambda person: person.household)):
        if nth == limit:
            return
        people = list(members)
        dwelling = dwellings[people[0].dwelling]
        building = buildings[dwelling.building]
        yield Door.of(compounds[building.compound], building, dwelling), people


class _Scribe:
    def __init__(self, rng: Random, mess: Mess, layout: str, name: str):
        if layout not in LAYOUTS:
            raise ValueError(f"layout {layout!r} is none of {LAYOUTS}")
        self.rng, self.mess, self.name = rng, mess, name
        self.sheet = Sheet(f"{name}人口信息摸底登记表", layout)
        self.door_heads = ["小区", "楼栋", "单元", "房号"] if layout == "columns" else ["现住址"]
        self.person_heads = SYNONYMS if self._chance(mess.slip * 4) else PERSON_HEADS
        self.count = 0
        self.again: list[Any] = []

    def head(self) -> None:
        sheet, width = self.sheet, 1 + len(self.door_heads) + len(self.person_heads)
        sheet.add([sheet.title] + [None] * (width - 1), "ignore", why="title")
        sheet.merges.append((0, 0, 0, width - 1))
        if len(self.door_heads) > 1:
            self._two_storey_head(width)
        else:
            sheet.add(["序号", *self.door_heads, *self.person_heads], "ignore", why="header")
        sheet.add([NOTE] + [None] * (width - 1), "ignore", why="note")
        sheet.merges.append((len(sheet.rows) - 1, 0, len(sheet.rows) - 1, width - 1))

    def _two_storey_head(self, width: int) -> None:
        top: list[Cell] = ["序号", "住址", *[None] * (len(self.door_heads) - 1), *self.person_heads]
        low: list[Cell] = [None, *self.door_heads, *[None] * len(self.person_heads)]
        first = len(self.sheet.rows)
        self.sheet.add(top, "ignore", why="header")
        self.sheet.add(low, "ignore", why="header")
        self.sheet.merges.append((first, 1, first, len(self.door_heads)))
        alone = [0, *range(1 + len(self.door_heads), width)]
        self.sheet.merges += [(first, column, first + 1, column) for column in alone]

    def household(self, door: Door, members: list[Person]) -> None:
        self._interrupt()
        doorless = self._chance(self.mess.doorless)
        written: list[Cell] = [None] * len(self.door_heads) if doorless else self._door(door)
        first = len(self.sheet.rows)
        for nth, person in enumerate(members):
            cells: list[Cell] = written if nth == 0 else [None] * len(written)
            self._person(person, door, cells, "door_missing" if doorless else None)
        if len(members) > 1 and not doorless:
            last = len(self.sheet.rows) - 1
            self.sheet.merges += [(first, 1 + at, last, 1 + at) for at in range(len(written))]

    def foot(self) -> None:
        for row, person, door in self.again:
            self._write(person, door, self._door(door), "repeat", of=row)
        width = len(self.door_heads) + len(self.person_heads)
        self.sheet.add(["合计", f"{self.count}人", *[None] * (width - 1)], "ignore", why="total")

    def _person(self, person: Person, door: Door, cells: list[Cell], why: str | None) -> None:
        row = self._write(person, door, cells, "create", why=why)
        if self.sheet.truth[-1]["verdict"] == "create" and self._chance(self.mess.repeated):
            self.again.append((row, person, door))

    def _write(self, person: Person, door: Door, cells: list[Cell], verdict: str,
               why: str | None = None, **more) -> int:  # fmt: skip
        self.count += 1
        nameless = verdict == "create" and self._chance(self.mess.nameless)
        number, wrong = self._number(person, verdict)
        why = "name_missing" if nameless else why or wrong
        row = [self.count, *cells, None if nameless else self._slip(slips.name, person.name)]
        row += [self._slip(slips.sex, person.sex, plain={"m": "男", "f": "女"}[person.sex])]
        row += [self._slip(slips.born, person.born), number]
        row += [self._slip(slips.phone, person.phone) if person.phone else None]
        row += [self._any(RELATIONS[person.relation, person.sex]), self._any(TENURES[person.tenure]), None]
        if why:
            return self.sheet.add(row, "refuse", why=why, person=_truth(person, door))
        return self.sheet.add(row, verdict, person=_truth(person, door), **more)

    def _number(self, person: Person, verdict: str) -> tuple[Cell, str | None]:
        if person.document == NO_DOCUMENT:
            return self.rng.choice((None, "无", "未办理")), None
        if person.document != NATIONAL_ID or verdict != "create":
            return person.ric, None
        number, why = slips.id_damage(self.rng, self.mess, person.ric, person.born.year)
        return (self._slip(slips.id_text, number) if number == person.ric else number), why

    def _door(self, door: Door) -> list[Cell]:
        untidy = self._chance(self.mess.slip)
        if self.sheet.layout == "columns":
            return doors.untidy_columns(self.rng, door) if untidy else doors.columns(door)
        return [doors.untidy_address(self.rng, door, self.name) if untidy else doors.address(door)]

    def _interrupt(self) -> None:
        """Pages were pasted together: an empty line here, the header once more there."""
        width = 1 + len(self.door_heads) + len(self.person_heads)
        if self._chance(self.mess.blank_row):
            self.sheet.add([None] * width, "ignore", why="blank")
        if self._chance(self.mess.header_again):
            self.sheet.add(["序号", *self.door_heads, *self.person_heads], "ignore", why="header")

    def _chance(self, share: float) -> bool:
        return self.rng.random() < share

    def _slip(self, way, value, plain: Cell = None) -> Cell:
        if self._chance(self.mess.slip):
            return way(self.rng, value)
        return value if plain is None else plain

    def _any(self, words: tuple[str, ...]) -> str:
        return self.rng.choice(words) if self._chance(self.mess.slip * 3) else words[0]


def _truth(person: Person, door: Door) -> dict:
    return {
        "key": person.key, "household": person.household, "name": person.name, "sex": person.sex,
        "born": person.born.isoformat(), "document": person.document, "ric": person.ric,
        "phone": person.phone, "relation": person.relation, "tenure": person.tenure, "door": door.truth(),
    }  # fmt: skip
