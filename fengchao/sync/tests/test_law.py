"""The law of sync: what a phone had, and every change it was told of, is what the server has.

Random deeds on one line, and on two others transactions that stay open while it goes on: they commit late, in any
order, or not at all.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field

import psycopg
import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fengchao.base.actor import system_actor
from fengchao.base.ids import uuid7
from fengchao.base.scope import acting
from fengchao.people import actions as people
from fengchao.people.models import Building, CareTag, Dwelling, Person
from fengchao.testing import ALICE, CAROL, GRID, NEXT_GRID
from fengchao.work.actions import accept
from fengchao.work.models import Task

from .conftest import Phone, saw

LINES = 2


@pytest.fixture
def db(committed):
    """In place of pytest-django's, which never commits."""


@dataclass
class Late:
    """A connection of the owner's whose transaction ends when the test says so. It has rows of its own to change, so
    that it never waits for the others."""

    connection: psycopg.Connection
    people: list = field(default_factory=list)

    def change(self, n: int) -> None:
        person, way = self.people[n % len(self.people)], n % 4
        if way == 0:
            self._run("UPDATE people_person SET remark = remark || 'x', relation = %s WHERE id = %s", str(n), person)
        elif way == 1:
            self._run("""UPDATE people_person p SET grid = d.grid, building_id = d.building_id, dwelling_id = d.id
 FROM (SELECT * FROM people_dwelling ORDER BY id OFFSET %s LIMIT 1) d WHERE p.id = %s""", n % 12, person)
        elif way == 2:
            self._run("UPDATE people_person SET presence = CASE presence WHEN 'left' THEN 'present' ELSE 'left' END"
                      " WHERE id = %s", person)
        else:
            new = uuid7()
            self._run("""INSERT INTO people_dwelling (id, grid, building_id, entrance, floor, room, label, walk, state)
 SELECT %s, grid, id, '', 9, %s, '', 0, 'unknown' FROM people_building ORDER BY seq LIMIT 1""", new, str(new)[-20:])
            self._run("DELETE FROM people_dwelling WHERE id IN (SELECT id FROM people_dwelling WHERE floor = 9"
                      " AND id <> %s LIMIT 1 FOR UPDATE SKIP LOCKED)", new)

    def _run(self, sql: str, *values: object) -> None:
        self.connection.execute(sql, values)


class World:
    def __init__(self, late: list[Late]) -> None:
        self.late = late
        self.phones = [Phone(ALICE).pull(), Phone(CAROL).pull()]
        with acting(CAROL):
            self.people = list(Person.objects.filter(source="main").order_by("id"))
            self.doors = list(Dwelling.objects.filter(grid__in=(GRID, NEXT_GRID), floor__lt=9).order_by("id"))
            self.tasks = list(Task.objects.order_by("id"))

    def pull(self, n: int) -> None:
        self.phones[n % 2].pull()

    def record(self, n: int) -> None:
        with acting(CAROL):
            outcome = ("met", "nobody_home", "vacant", "refused")[n % 4]
            accept([saw(self.tasks[n % len(self.tasks)], outcome)], by=CAROL)

    def move(self, n: int) -> None:
        with acting(CAROL):
            person = self.people[n % len(self.people)].id
            people.move_person(by=CAROL, person=person, to=self.doors[n % len(self.doors)])

    def leave(self, n: int) -> None:
        with acting(CAROL):
            people.mark_left(by=CAROL, person=self.people[n % len(self.people)].id)

    def tag(self, n: int) -> None:
        person = self.people[n % len(self.people)].id
        with acting(CAROL):
            if CareTag.objects.filter(person=person, code="lives_alone", until=None).exists():
                people.end_tag(by=CAROL, person=person, code="lives_alone")
            else:
                people.add_tag(by=CAROL, person=person, code="lives_alone")

    def arrive(self, n: int) -> None:
        with acting(CAROL):
            people.add_person(by=CAROL, dwelling=self.doors[n % len(self.doors)], name=f"新{n}")

    def begin(self, n: int) -> None:
        self.late[n % LINES].change(n // LINES)

    def commit(self, n: int) -> None:
        self.late[n % LINES].connection.commit()

    def give_up(self, n: int) -> None:
        self.late[n % LINES].connection.rollback()

    def settle(self) -> None:
        for line in self.late:
            line.connection.commit()


DEEDS: list[Callable[[World, int], None]] = [
    World.pull, World.record, World.move, World.leave, World.tag, World.arrive, World.begin, World.begin, World.begin,
    World.commit, World.give_up,
]


@pytest.fixture
def late(town, campaign):
    owner = connections["owner"]
    with ExitStack() as stack:
        lines = []
        with acting(system_actor()) as system:
            doors = list(Dwelling.objects.filter(building__in=Building.objects.all()).order_by("id")[:12])
            for n in range(6):
                people.add_person(by=system, dwelling=doors[n], name=f"甲{n}", source="main")
            for _ in range(LINES):
                own = [people.add_person(by=system, dwelling=door, name="乙", source="late").id for door in doors[:3]]
                parameters = owner.get_connection_params() | {"cursor_factory": psycopg.Cursor}
                lines.append(Late(stack.enter_context(psycopg.connect(**parameters)), own))
        yield lines


@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 47)), min_size=4, max_size=30))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_old_rows_and_pulled_changes_are_the_new_rows(late, deeds):
    world = World(late)
    for deed, n in deeds:
        deed(world, n)
    world.settle()
    for phone in world.phones:
        assert phone.pull().rows == Phone(phone.who).pull().rows
