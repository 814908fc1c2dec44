"""What of this installation depends on a code, and what goes with it when it is renumbered: each noun above registers
its own at start.

A question is asked of the temporary table `national_gone (id, level, lo, hi)` and answers (id, number). What stands in
grids moves with the re-gridding of the grids; what was given for a whole place, a duty or a border, is told the
`Shift`s, after the rows have moved and in the same transaction.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from fengchao.base.actor import Actor
from fengchao.base.places import Area
from fengchao.base.sql import rows


@dataclass(frozen=True, slots=True)
class Shift:
    """A place that is now another: as a `whole`, which nothing else is, or as these `grids` (was, becomes) of it."""

    was: Area
    becomes: Area
    whole: bool
    grids: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """`moves`: its rows stand in grids, so that none may be left when the grids have moved."""

    label: Any
    question: str
    moves: bool = False


def inside(table: str, only: str = "", grid: str = "grid") -> str:
    """What stands in the grids of a community."""
    return f"""SELECT g.id, count(*) FROM national_gone g JOIN {table} t ON t.{grid} >= g.lo AND t.{grid} < g.hi
WHERE g.level = 5{" AND " + only if only else ""} GROUP BY 1"""


def exactly(table: str, only: str = "") -> str:
    """What was given for just this place, of any level."""
    return f"""SELECT g.id, count(*) FROM national_gone g JOIN {table} t ON t.lo = g.lo AND t.hi = g.hi
{"WHERE " + only if only else ""} GROUP BY 1"""


standings: dict[str, Standing] = {
    "grids": Standing(_("网格"), inside("areas_grid", "t.until IS NULL", "code"), moves=True),
    "overlays": Standing(_("片区"), exactly("areas_overlaypart")),
}

# Told of every shift, by whom, and with which re-gridding if with one; `undo` turns it back.
told: list[Callable[[Iterable[Shift], Actor, UUID | None], None]] = []
untold: list[Callable[[Iterable[Shift], Actor, UUID], None]] = []

TABLE = "CREATE TEMP TABLE national_gone (id bigint, level smallint, lo bigint, hi bigint) ON COMMIT DROP"
FILL = """INSERT INTO national_gone
SELECT id, level, lo, hi FROM json_to_recordset(%s::json) AS r (id bigint, level smallint, lo bigint, hi bigint)"""


def count(places: Iterable[tuple[int, int, Area]], *, moves: bool | None = None) -> dict[int, dict[str, int]]:
    """What stands on each (id, level, area); those on which nothing stands are left out."""
    found: dict[int, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS national_gone")
        cursor.execute(TABLE)
        cursor.execute(FILL, [rows({"id": id_, "level": level, "lo": area.lo, "hi": area.hi}
                                   for id_, level, area in places)])
        cursor.execute("ANALYZE national_gone")
        for what, one in standings.items():
            if moves is None or one.moves == moves:
                cursor.execute(one.question)
                for id_, number in cursor.fetchall():
                    found.setdefault(id_, {})[what] = number
    return found
