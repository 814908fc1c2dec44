"""How long it takes until a campaign that was just declared has a task for everything it is about.

A secretary waits for those of a community; a district's are made by a job, while phones go on sending. Both are undone
afterwards, so that the other figures find what they expect.
"""

import time
from itertools import accumulate
from typing import Any

import psycopg

from bench.context import Bench, undone
from bench.figure import Measured, figure

DOORS = "SELECT grid, count(*) FROM people_dwelling GROUP BY 1 ORDER BY 1"
BARE = """CREATE TEMPORARY TABLE bare ON COMMIT DROP AS
SELECT id, grid, building_id FROM people_{subject} WHERE grid >= %s AND grid < %s"""


@figure("tasks_5k", unit="s", target=1)
def tasks_5k(bench: Bench) -> Measured:
    """The doors of as many grids as hold 5,000. The floor copies their ids into a bare table."""
    return _made(bench, "dwelling", at_least=5_000)


@figure("tasks_1m", unit="s", target=120)
def tasks_1m(bench: Bench) -> Measured:
    """Every person of the district."""
    return _made(bench, "person", at_least=None)


def _made(bench: Bench, subject: str, at_least: int | None) -> Measured:
    bench.data  # noqa: B018  (the people must be there first)
    with undone() as by:
        area = _of_doors(at_least)
        began = time.perf_counter()
        tasks = _make(by, area, subject)
        seconds = time.perf_counter() - began
        floor = _floor(area, subject)
    with psycopg.connect(bench.urls.owner, autocommit=True) as connection:
        connection.execute("VACUUM work_task")  # a million rows that never were lie in the way of the next figure
    return Measured(seconds, floor=floor, note=f"{tasks:,} tasks")


def _make(by: Any, area: Any, subject: str) -> int:
    from datetime import timedelta

    from fengchao.base import clock
    from fengchao.work import actions, coverage

    deadline = clock.now() + timedelta(days=3)
    kind = {"dwelling": "verify_visit", "person": "person_check"}[subject]
    campaign = actions.declare(
        by=by, name="性能测量", kind_code=kind, purpose="性能测量", basis="无：虚构人员", area=area, deadline=deadline,
        expires=(deadline + timedelta(days=30)).date(), subject=subject,
    )  # fmt: skip
    for _ in actions.create_tasks(by=by, campaign=campaign):
        pass
    return coverage.of(campaign, area).total


def _of_doors(at_least: int | None) -> Any:
    """From the first grid on, until so many doors are in it; None: everything."""
    from fengchao.base.places import Area

    grids = _run(DOORS)
    so_far = accumulate(doors for _, doors in grids)
    enough = [grid for (grid, _), doors in zip(grids, so_far, strict=True) if at_least and doors >= at_least]
    return Area(grids[0][0], (enough or [grids[-1][0]])[0] + 1)


def _floor(area: Any, subject: str) -> float:
    began = time.perf_counter()
    _run(BARE.format(subject=subject), area.lo, area.hi)
    return time.perf_counter() - began


def _run(statement: str, *params: object) -> list[tuple]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall() if cursor.description else []
