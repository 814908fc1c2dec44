"""Rounds of pulls between transactions that really commit, some of them late."""

from threading import Event, Thread

import pytest
from django.db import connection

from fengchao.base.actor import system_actor
from fengchao.base.scope import acting
from fengchao.testing import ALICE, CAROL, HONGQIAO, NEXT_GRID
from fengchao.work.actions import accept
from fengchao.work.models import Task

from .conftest import quiet, saw


@pytest.fixture
def db(committed):
    """In place of pytest-django's, which never commits."""


def test_a_second_pull_brings_only_what_changed(town, campaign, doors, phone):
    quiet()
    alice = phone(ALICE).pull()
    assert alice.answers[0]["full"] and not alice.answers[0]["more"]
    with acting(ALICE):
        accept([saw(doors[0], "met")], by=ALICE)
    page = alice.pull().answers[0]
    assert not page["full"]
    assert [(t["id"], t["state"], t["outcome"], t["version"]) for t in page["tasks"]] == [
        (str(doors[0].id), "done", "met", 2)
    ]


def test_a_wide_reach_comes_in_pages(town, campaign, phone, monkeypatch):
    monkeypatch.setattr("fengchao.sync.pull.GRIDS_A_PAGE", 1)
    with acting(system_actor()):
        from fengchao.areas.models import Grid

        Grid.objects.bulk_create(Grid(code=HONGQIAO * 1000 + n, name=f"第{n}网格") for n in (1, 2, 3))
    quiet()
    carol = phone(CAROL).pull()
    assert [a["full"] for a in carol.answers] == [True, False, False, False]
    assert [a["more"] for a in carol.answers] == [True, True, True, False]
    assert len(carol.ids("tasks")) == 12
    assert carol.pull().answers[0]["tasks"] == [] and len(carol.answers) == 1


def test_a_transaction_that_commits_after_a_pull_is_read_by_the_next(town, campaign, doors, phone):
    with acting(CAROL):
        elsewhere = Task.objects.filter(campaign=campaign, grid=NEXT_GRID)[0]
    carol, written, pulled = phone(CAROL).pull(), Event(), Event()

    def slow() -> None:
        with acting(ALICE):
            accept([saw(doors[0], "met")], by=ALICE)
            written.set()
            pulled.wait(10)
        connection.close()

    worker = Thread(target=slow)
    worker.start()
    assert written.wait(10)
    with acting(CAROL):
        accept([saw(elsewhere, "vacant")], by=CAROL)  # a later number, committed earlier
    carol.pull()
    assert (state(carol, doors[0]), state(carol, elsewhere)) == ("open", "done")
    pulled.set()
    worker.join()
    assert state(carol.pull(), doors[0]) == "done"


def state(phone, task) -> str:
    return phone.rows["tasks"][str(task.id)]["state"]
