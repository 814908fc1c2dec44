"""How long it takes until a community, and a whole district, knows anew how many people are present.

Every community has three sources beside its register: its property manager's list of half the people, its gate, which
sees one in five, and a few who are in no register. A list comes in while its secretary waits for what it says: seconds.
All of a district is reckoned anew after a night of imports, by a job that is due every five minutes and keeps to one
transaction: a fifth of that, so that the next never finds it still at work.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bench.context import Bench
from bench.figure import Measured, figure

if TYPE_CHECKING:
    from fengchao.base.actor import Actor

SOURCES = """INSERT INTO sightings_source (id, grid, name, purpose, expires, seen_on, at)
SELECT fc_uuid7(), c.grid, s.name, '性能测量', current_date + 30, current_date, now()
FROM (SELECT DISTINCT grid / 1000 * 1000 AS grid FROM people_person) c
CROSS JOIN (VALUES ('物业'), ('东门'), ('访客')) s (name)"""

# The property manager has ids and doors, the gate telephones; every fiftieth is a stranger under another name.
SEEN = """INSERT INTO sightings_sighting (id, grid, source_id, building_id, dwelling_id, name, initials, ric_sealed,
 ric_blind, phone_sealed, phone_blind, place, seen_on, expires, identity, dismissed)
SELECT fc_uuid7(), p.grid, s.id, p.building_id, p.dwelling_id,
 CASE WHEN s.name = '访客' THEN '客' || p.name ELSE p.name END, '', '',
 CASE WHEN s.name = '物业' THEN p.ric_blind END, '', CASE WHEN s.name = '东门' THEN p.phone_blind END, '',
 current_date, current_date + 30, decode(md5(p.id::text), 'hex'), ''
FROM (SELECT *, abs(hashtext(id::text)) AS lot FROM people_person) p
JOIN sightings_source s ON s.grid = p.grid / 1000 * 1000
WHERE CASE s.name WHEN '物业' THEN lot % 2 = 0 WHEN '东门' THEN lot % 5 = 1 ELSE lot % 50 = 2 END"""


@figure("estimate_community", unit="s", target=3)
def estimate_community(bench: Bench) -> Measured:
    """The largest of the district, from a list that was never held against the register. Floor: its rows, read once."""
    with _sources(bench) as by:
        from fengchao.sightings import actions

        community, people = _largest()
        seconds = _timed(lambda: actions.refresh(by=by, community=community))
        floor = _timed(lambda: _read(community))
    return Measured(seconds, floor=floor, note=f"{people:,} people")


@figure("estimate_district", unit="s", target=60)
def estimate_district(bench: Bench) -> Measured:
    """Every community of it, known once before, now that all of its register has changed."""
    with _sources(bench) as by:
        from fengchao.sightings import actions

        first = _timed(lambda: [actions.refresh(by=by, community=community) for community in _communities()])
        seconds = _timed(lambda: actions.refresh_changed(by=by))
        said = f"{len(_communities())} communities; {first:.1f} s the first time"
    return Measured(seconds, note=said)


class _Done(Exception):
    """Undoes what was made: the other figures find what they expect."""


@contextmanager
def _sources(bench: Bench) -> Iterator["Actor"]:
    bench.data  # noqa: B018  (the people must be there first)
    from fengchao.base.actor import system_actor
    from fengchao.base.scope import acting

    try:
        with acting(system_actor("bench")) as by:
            _run(SOURCES)
            _run(SEEN)
            yield by
            raise _Done
    except _Done:
        return


def _communities() -> list[int]:
    return [code for code, _ in _run("SELECT grid / 1000, count(*) FROM people_person GROUP BY 1 ORDER BY 1")]


def _largest() -> tuple[int, int]:
    return _run("SELECT grid / 1000, count(*) FROM people_person GROUP BY 1 ORDER BY 2 DESC LIMIT 1")[0]


def _read(community: int) -> None:
    for table in ("people_person", "sightings_sighting"):
        _run(f"SELECT count(id) FROM {table} WHERE grid >= {community}000 AND grid < {community + 1}000")


def _run(statement: str) -> list[tuple]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
