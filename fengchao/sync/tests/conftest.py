"""The town of work's tests, and a phone that keeps what it pulls as the field app does."""

from dataclasses import dataclass, field

import orjson
import pytest
from django.db import connections

from fengchao.base import testdb
from fengchao.base.actor import Actor
from fengchao.base.scope import acting
from fengchao.sync.pull import pull
from fengchao.work.tests.conftest import campaign, doors, saw, town  # noqa: F401  (fixtures)

TABLES = {"grid": "grids", "building": "buildings", "dwelling": "dwellings", "premises": "premises", "task": "tasks",
          "person": "people"}


@dataclass
class Phone:
    who: Actor
    cursor: str = ""
    rows: dict[str, dict[str, dict]] = field(default_factory=dict)
    answers: list[dict] = field(default_factory=list)

    def pull(self) -> "Phone":
        """A whole round; the pages of it stand in `answers`."""
        self.answers = []
        while not self.answers or self.answers[-1]["more"]:
            with acting(self.who):
                self.take(orjson.loads(pull(self.who, self.cursor)))
        return self

    def take(self, page: dict) -> None:
        self.answers.append(page)
        if page["full"]:
            self.rows = {}
        for gone in page["gone"]:
            self.rows.get(TABLES[gone["kind"]], {}).pop(gone["id"], None)
        grids = self.rows.setdefault("grids", {})
        grids.update((row["code"], row) for row in page["grids"])
        for table in list(TABLES.values())[1:]:
            held = self.rows.setdefault(table, {})
            held.update((row["id"], row) for row in page[table])
        self.cursor = page["cursor"]

    def ids(self, table: str) -> set[str]:
        return set(self.rows[table])


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """A database of this test's own, where transactions end and several connections meet."""
    with django_db_blocker.unblock():
        shared = connections["default"].settings_dict["NAME"]
        name = testdb.create("own")
        try:
            yield
        finally:
            testdb.drop(name)
            testdb.point_to(testdb.server(), shared)


def quiet() -> None:
    """Waits until everything written so far is below `fc_tx_safe`: other tests on the same server may have older
    transactions open, and a phone would be sent the rows twice, which is allowed and not what is tested."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT fc_tx()")
        written = cursor.fetchone()[0]
        for _ in range(3000):
            cursor.execute("SELECT fc_tx_safe() > %s", [written])
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.01)")
    raise AssertionError("some transaction on this server has been open for half a minute")


@pytest.fixture
def phone():
    return Phone
