"""The small Hongqiao of work's tests with four people in it, and a list that somebody else has of it."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from fengchao.base import clock
from fengchao.base.scope import acting
from fengchao.people.actions import add_person
from fengchao.people.importing import actions as runs
from fengchao.people.importing import waiting
from fengchao.people.importing.models import ImportRun
from fengchao.people.models import Dwelling, Person
from fengchao.sightings.actions import hold_list
from fengchao.testing import CAROL, HONGQIAO
from fengchao.work.tests.conftest import Town, town  # noqa: F401

HEADS = ["楼栋", "单元", "房号", "姓名", "身份证号", "联系电话"]
MAPPING = [[0, "building"], [1, "entrance"], [2, "room"], [3, "name"], [4, "id_number"], [5, "phone"]]
RICS = {"张三": "11010519491231002X", "李四": "110101199003070732", "周九": "110101198001010037"}
LIST = [
    ["1号楼", "1", "101", "张三", RICS["张三"], ""],        # the id says who it is
    ["", "", "", "李四", "", "199 0000 0002"],              # phone and name
    ["1号楼", "1", "201", "王五", "", ""],                  # name and door
    ["1号楼", "1", "202", "周九", RICS["周九"], "199 0000 0009"],  # nobody knows them
    ["9号楼", "1", "901", "吴十", "", "199 0000 0010"],      # nor the building
    ["", "", "", "郑十一", "", "199 0000 0011"],             # nor where they live
    ["", "", "", "只有姓名", "", ""],                       # nothing to compare
]


@dataclass
class Homes:
    town: Town
    zhang: Person
    li: Person
    wang: Person
    zhao: Person


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: Any) -> None:
    settings.HOME = tmp_path


@pytest.fixture
def homes(town: Town) -> Homes:  # noqa: F811
    """张三 with an id, 李四 with a phone, 王五 with nothing, and 赵六 whom the list will not have."""
    with acting(CAROL):
        doors = {d.room: d for d in Dwelling.objects.filter(building=town.here)}

        def lives(room: str, name: str, **known: str) -> Person:
            person = add_person(by=CAROL, dwelling=doors[room], name=name, **known)
            Person.objects.filter(id=person.id).update(confirmed=None)
            return person

        return Homes(town, lives("101", "张三", ric=RICS["张三"], id_kind="ric"),
                     lives("102", "李四", phone="19900000002"), lives("201", "王五"), lives("301", "赵六"))


def workbook(path: Path, rows: list[list[str]], heads: list[str] = HEADS) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("名单")
        for number, row in enumerate([heads, *rows]):
            page.write_row(number, 0, row)
    return path


def uploaded(path: Path, rows: list[list[str]] = LIST, name: str = "物业名单") -> ImportRun:
    file = workbook(path / f"{name}.xlsx", rows)
    with acting(CAROL):
        return runs.receive(by=CAROL, community=HONGQIAO, name=file.name, chunks=[file.read_bytes()],
                            target="sightings")


def held(path: Path, rows: list[list[str]] = LIST, name: str = "物业名单", **said: Any) -> dict[str, Any]:
    """A list that has been tried is kept; what came before the trial is left out, for it takes a process each time."""
    today = clock.today()
    said = {"purpose": "核对底数", "seen_on": today, "expires": today + timedelta(days=30)} | said
    with acting(CAROL):
        run = ImportRun.objects.create(grid=HONGQIAO * 1000, target="sightings", state=ImportRun.State.TRIED,
                                       source=name, file_name=f"{name}.xlsx", file_hash="", mapping=MAPPING)
        waiting.keep(run.id, [workbook(path / f"{name}.xlsx", rows).read_bytes()])
        return hold_list(by=CAROL, run=run.id, write=True, **said)
