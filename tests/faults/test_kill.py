"""Whatever is killed, and whenever: what was acknowledged is there, once, and nothing is half done."""

from datetime import timedelta
from pathlib import Path

import pytest

from .place import PATIENCE, Place, another_phone, family, kill, postmaster, set_up

pytestmark = pytest.mark.slow

COUNTED = """SELECT campaign_id, grid, state, outcome, level, count(*)::int, sum(attempts)::int FROM work_task
 GROUP BY 1, 2, 3, 4, 5"""
KEPT = "SELECT campaign_id, grid, state, outcome, level, n, attempts FROM work_counter WHERE n <> 0"
HALF_DONE = """SELECT count(*) FROM work_task t
 WHERE t.attempts <> (SELECT count(*) FROM work_record r WHERE r.task_id = t.id)"""


@pytest.fixture(scope="module")
def place(home):
    """One for all: whatever was killed before must be well again, and to start a house takes longer than to kill it."""
    made = set_up(home)
    yield made
    made.leave()
    assert not (home / "pg" / "postmaster.pid").exists(), "who was killed is still waited for, and the database runs on"


def everything_holds(place: Place) -> None:
    stored = [str(row[0]) for row in place.ask("SELECT id FROM work_record")]
    assert len(set(stored)) == len(stored)
    missing = place.acknowledged() - set(stored)
    assert not missing, f"{len(missing)} acknowledged records are gone"
    assert place.ask(HALF_DONE) == [(0,)]
    assert sorted(place.ask(KEPT)) == sorted(place.ask(COUNTED))


def test_every_acknowledged_record_survives_a_killed_server(place):
    place.push_at_full_rate()
    place.wait_for(500)
    kill(family(place.server.process.pid))
    place.rest()
    place.server.start()
    everything_holds(place)
    place.send_what_is_left()
    everything_holds(place)
    assert all(not phone.outbox for phone in place.phones)


def test_every_acknowledged_record_survives_killed_web_processes(place):
    place.push_at_full_rate()
    place.wait_for(500)
    loaded, *pages = web(place)
    kill(pages)
    place.wait_for(500)  # others take their place
    place.rest()
    assert web(place)[0] == loaded and not set(web(place)) & set(pages)
    everything_holds(place)


def web(place: Place) -> list[int]:
    """The process that loaded the application, and those that answer, its forks."""
    return [pid for pid in family(place.server.process.pid)
            if b"fengchao.web_processes" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def test_every_acknowledged_record_survives_a_killed_database(place):
    place.push_at_full_rate()
    place.wait_for(500)
    kill([postmaster(place.home)])
    place.wait_for(500)  # the phones go on knocking, and the server brings its database back by itself
    place.rest()
    everything_holds(place)


def test_a_phone_whose_clock_is_days_off_loses_nothing_and_decides_nothing(place):
    phone = another_phone(place)  # with an empty outbox: the others have been pushing all the while
    phone.clock_off = timedelta(days=-5)
    task = place.doors(phone)[0]
    op = phone.note("record", task=task["id"], outcome="met", base_version=task["version"])
    phone.push()
    (taken,) = place.ask("SELECT at, device_at, now() FROM work_record WHERE id = %s", op["id"])
    at, device_at, now = taken
    assert (now - at).total_seconds() < PATIENCE
    assert 4.9 < (now - device_at).days + 1 <= 6
