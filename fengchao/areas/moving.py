"""What stands in a grid moves with it: each noun above registers, at start, the statements that move its rows.

They run over one temporary table, `regrid_row (kind, row, was, becomes)`: every building, and everything that belongs
to none, with the grid it leaves and the grid it comes to. A statement may name %(left)s, the grids that are left, so
that an index that leads with `grid` serves it. When rows are brought after, what moved several times is there once for
every grid it was in.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper

from fengchao.base.actor import Actor, Grant
from fengchao.base.jobs import Report, silent
from fengchao.base.permissions import Permission
from fengchao.base.scope import acting
from fengchao.base.sql import rows

from .models import Regridding
from .plans import Plan


@dataclass(frozen=True, slots=True)
class Follower:
    """`rest`: selects (kind, row, grid) of what stands in %(whole)s, the grids that go over whole. `locks`, then
    `moves`: statements. `refusals`: a code for each query that must count nothing. `counts`: figures of the preview,
    each a query of (was, becomes, number). `first`: called before any row moves with a re-gridding that is carried out,
    `first_back`: before they move back. `moved`: called whenever rows have moved, in the same transaction, with the
    re-gridding, or with None for rows that are brought after; `told`: when a re-gridding is carried out, `untold`:
    when it is undone."""

    rest: tuple[str, ...] = ()
    locks: tuple[str, ...] = ()
    refusals: dict[str, str] = field(default_factory=dict)
    moves: tuple[str, ...] = ()
    counts: dict[str, str] = field(default_factory=dict)
    first: Callable[[Regridding, Actor], None] | None = None
    first_back: Callable[[Regridding, Actor], None] | None = None
    moved: Callable[[Regridding | None, Actor], None] | None = None
    told: Callable[[Regridding, Actor], None] | None = None
    untold: Callable[[Regridding, Actor], None] | None = None


followers: list[Follower] = []


def mover(by: Actor) -> AbstractContextManager[Actor]:
    """Whoever may change the grids moves everything in them, seen or not: an administrator who may see no resident
    must not leave them behind. Permission has been asked for before."""
    grants = tuple(Grant("mover", frozenset(Permission), area) for area in by.areas(Permission.MANAGE_AREAS))
    return acting(Actor(by.id, by.name, grants, by.device_id, by.address))


TABLE = """CREATE TEMP TABLE regrid_row (kind text, row uuid, was bigint, becomes bigint, PRIMARY KEY (row, kind, was))
ON COMMIT DROP"""
NAMED = """INSERT INTO regrid_row SELECT 'building', s.building, s.was, s.becomes
FROM json_to_recordset(%s::json) AS s (building uuid, was bigint, becomes bigint)"""
REST = """INSERT INTO regrid_row SELECT r.kind, r.row, r.grid, s.becomes FROM ({rest}) AS r (kind, row, grid)
JOIN json_to_recordset(%(steps)s::json) AS s (was bigint, becomes bigint) ON s.was = r.grid
ON CONFLICT DO NOTHING"""
BACK = """INSERT INTO regrid_row SELECT kind, row, becomes, was FROM areas_move WHERE regridding_id = %s"""
RECENT = """INSERT INTO regrid_row
WITH latest AS (SELECT DISTINCT ON (row, kind) row, kind, becomes FROM areas_move WHERE at > %s
 ORDER BY row, kind, id DESC)
SELECT DISTINCT kind, row, m.was, l.becomes FROM latest l JOIN areas_move m USING (row, kind)
WHERE m.was <> l.becomes"""


def lay_out(plan: Plan) -> list[int]:
    """Fills the temporary table. Returns the grids that are left."""
    with _empty_table() as cursor:
        cursor.execute(NAMED, [rows({"building": s.building, "was": s.was, "becomes": s.becomes}
                                    for s in plan.steps if s.building)])
        _rest(cursor, [(s.was, s.becomes) for s in plan.steps if s.building is None])
    return sorted({s.was for s in plan.steps})


def lay_out_back(regridding: UUID, plan: Plan) -> list[int]:
    """The way back of what was moved, and of whatever else came into a grid that ends with it."""
    flow = Counter((s.was, s.becomes) for s in plan.steps)
    homes = {becomes: was for (was, becomes), _ in sorted(flow.items(), key=lambda pair: pair[1])}
    with _empty_table() as cursor:
        cursor.execute(BACK, [regridding])
        _rest(cursor, [(o.code, homes[o.code]) for o in plan.openings if o.code in homes])
    return sorted({s.becomes for s in plan.steps})


def lay_out_recent(since: datetime) -> list[int]:
    """Whatever moved since then: from every grid it ever was in to where it is now."""
    with _empty_table() as cursor:
        cursor.execute(RECENT, [since])
        cursor.execute("SELECT DISTINCT was FROM regrid_row")
        return [row[0] for row in cursor]


@contextmanager
def _empty_table() -> Iterator[CursorWrapper]:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS regrid_row")
        cursor.execute(TABLE)
        yield cursor
        cursor.execute("ANALYZE regrid_row")


def _rest(cursor: CursorWrapper, whole: list[tuple[int, int]]) -> None:
    if whole:
        wanted: dict[str, Any] = {
            "whole": [was for was, _ in whole],
            "steps": rows({"was": was, "becomes": becomes} for was, becomes in whole),
        }
        for rest in (rest for one in followers for rest in one.rest):
            cursor.execute(REST.format(rest=rest), wanted)


TOGETHER = "SELECT set_config('fengchao.together', %s, true)"  # see base.rls


def move_rows(left: list[int], report: Report = silent) -> int:
    """Every row of every follower, as `lay_out` said. Returns how many moved."""
    moved = 0
    moves = [s for one in followers for s in one.moves]
    with connection.cursor() as cursor:
        for statement in [s for one in followers for s in one.locks]:
            cursor.execute(statement, {"left": left})
        cursor.execute(TOGETHER, ["on"])
        for nth, statement in enumerate(moves, 1):
            cursor.execute(statement, {"left": left})
            moved += cursor.rowcount
            report(nth, len(moves))
        cursor.execute(TOGETHER, ["off"])
    return moved


def asked(query: str, left: list[int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, {"left": left})
        return cursor.fetchall()
