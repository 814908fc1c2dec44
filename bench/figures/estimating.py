"""How long it takes until a community, and a whole district, knows anew how many people are present.

Every community has three sources beside its register: its property manager's list of half the people, its gate, which
sees one in five, and a few who are in no register. A list comes in while its secretary waits for what it says: seconds.
All of a district is reckoned anew after a night of imports, by a job that is due every five minutes and keeps to one
transaction: a fifth of that, so that the next never finds it still at work. The lists are committed before, and
PostgreSQL has counted them, as it has by the time such a job runs: of rows of an open transaction it knows nothing.
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
    with _sources(bench):
        from fengchao.sightings import actions

        community, people = _largest(bench)
        seconds = _timed(lambda by: actions.refresh(by=by, community=community))
        floor = _timed(lambda by: _read(community))
    return Measured(seconds, floor=floor, note=f"{people:,} people")


@figure("estimate_district", unit="s", target=60)
def estimate_district(bench: Bench) -> Measured:
    """Every community of it, known once before, now that all of its register has changed."""
    with _sources(bench):
        from fengchao.sightings import actions

        communities = bench.ask("SELECT DISTINCT grid / 1000 FROM people_person ORDER BY 1")
        first = sum(_timed(lambda by: actions.refresh(by=by, community=one)) for (one,) in communities)  # noqa: B023
        bench.ask_owner("ANALYZE sightings_sighting, sightings_estimate", [])
        seconds = _timed(lambda by: actions.refresh_changed(by=by))
    return Measured(seconds, note=f"{len(communities)} communities; {first:.1f} s the first time")


@contextmanager
def _sources(bench: Bench) -> Iterator[None]:
    """The other figures find what they expect: no source."""
    bench.data  # noqa: B018  (the people must be there first)
    _timed(lambda by: (_run(SOURCES), _run(SEEN)))
    try:
        bench.ask_owner("ANALYZE sightings_source, sightings_sighting", [])
        yield
    finally:
        bench.ask_owner("TRUNCATE sightings_source, sightings_sighting, sightings_estimate", [])


def _largest(bench: Bench) -> tuple[int, int]:
    return bench.ask("SELECT grid / 1000, count(*) FROM people_person GROUP BY 1 ORDER BY 2 DESC LIMIT 1")[0]


def _read(community: int) -> None:
    for table in ("people_person", "sightings_sighting"):
        _run(f"SELECT count(id) FROM {table} WHERE grid >= {community}000 AND grid < {community + 1}000")


def _run(statement: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)


def _timed(work: Callable[["Actor"], object]) -> float:
    """A transaction of its own, as a job has."""
    from fengchao.base.actor import system_actor
    from fengchao.base.scope import acting

    began = time.perf_counter()
    with acting(system_actor("bench")) as by:
        work(by)
    return time.perf_counter() - began
