"""Divisions as a file of the register has them: brought, renamed, ended, and what was given for them brought after.

Sets, not loops. A code that ended keeps saying where it went (`merged_into`), and its names go on finding the place.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import connection

from fengchao.base import audit, clock
from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.sql import read_once

from ..models import Difference, Grid, Regridding
from ..national import drafting, standing
from ..national.guessing import at
from ..national.standing import Shift
from ..plans import Plan
from ..queries import forget_names

CAME = """INSERT INTO areas_division (code, name, short, level, lo, hi, local, forming, by_hand, since)
SELECT f.code, f.name, '', f.level, f.lo, f.hi, false, false, false, %(today)s FROM areas_difference f
WHERE f.file_id = %(file)s AND f.kind = 'came'
ON CONFLICT (level, code) DO UPDATE SET name = EXCLUDED.name, until = NULL, merged_into = NULL, since = EXCLUDED.since
WHERE NOT areas_division.local AND NOT areas_division.by_hand"""
# A number that was given to another place is not found by the name of the place before.
NAMED_BEFORE = """INSERT INTO areas_formername (division_id, name, until)
SELECT d.id, d.name, %(today)s FROM areas_difference f JOIN areas_division d ON d.level = f.level AND d.code = f.code
WHERE f.file_id = %(file)s AND f.kind = 'renamed' AND f.becomes = f.code AND NOT d.by_hand AND NOT d.local"""
RENAMED = """UPDATE areas_division d SET name = f.new_name FROM areas_difference f
WHERE f.file_id = %(file)s AND f.kind = 'renamed' AND d.level = f.level AND d.code = f.code
 AND NOT d.by_hand AND NOT d.local"""
# A place added here below one that was renumbered: its number was ours to give, and so is the new one.
OWN = """INSERT INTO areas_division (code, name, short, level, lo, hi, local, forming, by_hand, since)
SELECT f.becomes, d.name, d.short, d.level, f.becomes * 1000, f.becomes * 1000 + d.hi - d.lo, true, d.forming, false,
 %(today)s FROM areas_difference f JOIN areas_division d ON d.level = f.level AND d.code = f.code
WHERE f.file_id = %(file)s AND f.local AND f.becomes > 0 AND f.standing = '{}' ON CONFLICT (level, code) DO NOTHING"""

PAIR = """FROM areas_difference f JOIN areas_division d ON d.level = f.level AND d.code = f.code
JOIN areas_division b ON b.level = f.level AND b.code = f.becomes WHERE f.id = ANY (%(ids)s) AND f.becomes <> f.code"""
ALONE = """ AND NOT EXISTS (SELECT FROM areas_difference o WHERE o.file_id = f.file_id AND o.level = f.level
 AND o.becomes = f.becomes AND o.id <> f.id)"""
FOUND_BY = f"""INSERT INTO areas_formername (division_id, name, until)
SELECT DISTINCT b.id, n.name, %(today)s::date FROM (SELECT f.id, f.name {PAIR} UNION
 SELECT f.id, o.name FROM areas_formername o JOIN areas_division d ON d.id = o.division_id
 JOIN areas_difference f ON d.level = f.level AND d.code = f.code
 WHERE f.id = ANY (%(ids)s) AND f.kind = 'gone') n
JOIN areas_difference f ON f.id = n.id JOIN areas_division b ON b.level = f.level AND b.code = f.becomes
WHERE n.name <> b.name AND NOT EXISTS (SELECT FROM areas_formername x WHERE x.division_id = b.id AND x.name = n.name)"""
SHORT = f"""UPDATE areas_division t SET short = s.short FROM (SELECT b.id, d.short {PAIR}{ALONE}) s
WHERE s.id = t.id AND t.short = '' AND s.short <> ''"""
CALLED_HERE = f"""UPDATE areas_division t SET name = s.name, by_hand = true FROM (
 SELECT b.id, d.name {PAIR}{ALONE} AND f.by_hand AND f.reason = 'parent') s WHERE s.id = t.id"""
ENDED = """UPDATE areas_division d SET until = %(yesterday)s, merged_into = NULLIF(f.becomes, 0)
FROM areas_difference f WHERE f.id = ANY (%(ids)s) AND f.kind = 'gone' AND d.level = f.level AND d.code = f.code"""
OPEN_AGAIN = """UPDATE areas_division d SET until = NULL, merged_into = NULL FROM areas_difference f
WHERE f.id = ANY (%(ids)s) AND f.kind = 'gone' AND d.level = f.level AND d.code = f.code"""


def bring(asked: dict[str, Any]) -> None:
    """`asked`: the file and today."""
    for statement in (CAME, NAMED_BEFORE, RENAMED, OWN):
        _run(statement, asked)


def close(ids: Iterable[int]) -> None:
    """These differences' places end, and what they were called finds the places they became."""
    today = clock.today()
    asked = {"ids": list(ids), "today": today, "yesterday": today - timedelta(days=1)}
    for statement in (CALLED_HERE, SHORT, FOUND_BY, ENDED):
        _run(statement, asked)


def _run(statement: str, asked: dict[str, Any]) -> None:
    with read_once(), connection.cursor() as cursor:
        cursor.execute(statement, asked)


def follow_bare(rows: list[Difference], by: Actor) -> None:
    """What was given for places without grids: there is nothing to plan."""
    for told in standing.told:
        told(drafting.shifts(rows), by, None)


def shifts_of(regridding: Regridding) -> list[Shift]:
    """Of the places that a re-gridding made for a newer register gives another number."""
    rows = Difference.objects.filter(regridding=regridding)
    return drafting.shifts(rows, Plan.of(regridding.plan).steps)


def follow(regridding: Regridding, by: Actor) -> None:
    """Its grids have moved: the old places end, with those above them that are empty now. Raises Refused when
    something came to the old code since the plan was made."""
    rows = list(Difference.objects.filter(regridding=regridding))
    if not rows:
        return
    _refuse_rest([row for row in rows if row.kind == Difference.Kind.GONE])
    for told in standing.told:
        told(shifts_of(regridding), by, regridding.id)
    close(row.id for row in [*rows, *_emptied(rows)])
    forget_names()
    audit.write_one("national_moved", regridding.id, by=by, grid=regridding.lo, count=len(rows))


def unfollow(regridding: Regridding, by: Actor) -> None:
    """The old places are there again; the new ones stay, as the file has them."""
    rows = list(Difference.objects.filter(regridding=regridding))
    if not rows:
        return
    for untold in standing.untold:
        untold(shifts_of(regridding), by, regridding.id)
    _run(OPEN_AGAIN, {"ids": [row.id for row in [*rows, *_above(rows)]]})
    forget_names()
    audit.write_one("national_moved_back", regridding.id, by=by, grid=regridding.lo, count=len(rows))


def _refuse_rest(rows: list[Difference]) -> None:
    left = standing.count(((row.id, row.level, row.area) for row in rows), moves=True)
    if left:
        first = next(row for row in rows if row.id in left)
        raise Refused("national_left", name=first.name, count=max(left[first.id].values()))


def _above(rows: list[Difference]) -> list[Difference]:
    """What is gone too, above these."""
    wanted = {(level, at(level, row.code)) for row in rows for level in range(1, row.level)}
    gone = Difference.objects.filter(file__in={row.file_id for row in rows}, kind=Difference.Kind.GONE,
                                     code__in={code for _, code in wanted})
    return [row for row in gone if row.key in wanted]


def _emptied(rows: list[Difference]) -> list[Difference]:
    """Those above in which no grid is open any more."""
    return [above for above in _above(rows)
            if not Grid.objects.filter(code__gte=above.lo, code__lt=above.hi, until=None).exists()]
