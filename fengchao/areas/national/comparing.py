"""A file's lines against the divisions of the home, both as tables: some seconds for the whole country."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from fengchao.base import clock
from fengchao.base.errors import Refused
from fengchao.base.places import Area

from ..models import Difference, NationalFile
from .reading import Line

MOST = 200_000  # differences; a file with more is another country's, or another thing
LEFT = 0.8  # of a province's codes that a whole file still has at least

TABLE = "CREATE TEMP TABLE national_line (level smallint, code bigint, name text) ON COMMIT DROP"
UNIT = """(ARRAY[10000000000, 100000000, 1000000, 1000, 1])[{level}]"""  # in codes of 12 digits
AT = f"{{code}} / {UNIT} * {UNIT}"
IN_FORCE = "(d.until IS NULL OR d.until >= %(today)s)"
INSIDE = "d.lo >= %(lo)s AND d.hi <= %(hi)s"

TWICE = "SELECT code FROM national_line GROUP BY level, code HAVING count(*) > 1 LIMIT 1"
ORPHAN = f"""SELECT n.code FROM national_line n WHERE n.level > 1 AND NOT EXISTS (SELECT FROM national_line p
WHERE p.level = n.level - 1 AND p.code = {AT.format(code="n.code", level="n.level - 1")}) LIMIT 1"""

FEWER = f"""SELECT p.name, ours.n, theirs.n FROM (
 SELECT d.code / 10000000000 AS province, count(*) AS n FROM areas_division d
 WHERE NOT d.local AND {IN_FORCE} GROUP BY 1) ours
JOIN areas_division p ON p.level = 1 AND p.code = ours.province * 10000000000
LEFT JOIN (SELECT code / 10000000000 AS province, count(*) AS n FROM national_line GROUP BY 1) theirs
 USING (province)
WHERE COALESCE(theirs.n, 0) < ours.n * %(left)s AND p.lo < %(hi)s AND p.hi > %(lo)s ORDER BY 1 LIMIT 1"""

# Of what a re-gridding already waits for nothing is said again.
PLANNED = """EXISTS (SELECT FROM areas_difference p JOIN areas_regridding r ON r.id = p.regridding_id
 WHERE r.state = 'planned' AND p.level = d.level AND p.code = d.code)"""

GONE = f"""INSERT INTO areas_difference
 (file_id, kind, level, code, lo, hi, name, new_name, local, by_hand, standing, candidates, reason, decided)
SELECT %(file)s, CASE WHEN n.code IS NULL THEN 'gone' ELSE 'renamed' END, d.level, d.code, d.lo, d.hi, d.name,
 COALESCE(n.name, ''), false, d.by_hand, '{{}}', '[]', '', false
FROM areas_division d LEFT JOIN national_line n ON n.level = d.level AND n.code = d.code
WHERE NOT d.local AND {IN_FORCE} AND {INSIDE} AND (n.code IS NULL OR n.name <> d.name AND NOT d.by_hand)
 AND NOT {PLANNED}"""

# What was added here below a place that is gone goes where that goes.
LOCAL = f"""INSERT INTO areas_difference
 (file_id, kind, level, code, lo, hi, name, new_name, local, by_hand, standing, candidates, reason, decided)
SELECT %(file)s, 'gone', d.level, d.code, d.lo, d.hi, d.name, '', true, false, '{{}}', '[]', '', false
FROM areas_division d WHERE d.local AND {IN_FORCE} AND {INSIDE} AND NOT {PLANNED}
 AND EXISTS (SELECT FROM areas_difference g WHERE g.file_id = %(file)s AND g.kind = 'gone' AND g.level < d.level
  AND g.lo <= d.lo AND g.hi >= d.hi)"""

CAME = f"""INSERT INTO areas_difference
 (file_id, kind, level, code, lo, hi, name, new_name, local, by_hand, standing, candidates, reason, decided)
SELECT %(file)s, 'came', n.level, n.code, n.code * 1000, (n.code + {UNIT.format(level="n.level")}) * 1000, n.name, '',
 false, false, '{{}}', '[]', '', false
FROM national_line n LEFT JOIN areas_division d ON d.level = n.level AND d.code = n.code
WHERE (d.id IS NULL OR NOT {IN_FORCE} AND NOT d.by_hand AND NOT d.local)
 AND n.code * 1000 >= %(lo)s AND (n.code + {UNIT.format(level="n.level")}) * 1000 <= %(hi)s"""

KEPT = f"""SELECT count(*) FROM areas_division d JOIN national_line n ON n.level = d.level AND n.code = d.code
WHERE {INSIDE} AND (d.local OR d.by_hand AND (n.name <> d.name OR NOT {IN_FORCE}))"""

# What an earlier file brought may be where something went that has not moved yet.
BROUGHT = f"""SELECT d.level, d.code, d.name FROM areas_division d
JOIN national_line n ON n.level = d.level AND n.code = d.code
WHERE NOT d.local AND d.since IS NOT NULL AND {IN_FORCE} AND {INSIDE}"""


def lay_out(chunks: Iterable[list[Line]]) -> int:
    """The lines into a temporary table. Returns how many. Raises Refused for a code that is there twice or whose
    parent is not."""
    number = 0
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS national_line")
        cursor.execute(TABLE)
        with cursor.copy("COPY national_line (level, code, name) FROM STDIN") as copy:
            for chunk in chunks:
                number += len(chunk)
                copy.write("".join(f"{level}\t{code}\t{name}\n" for level, code, name in chunk))
        cursor.execute("ANALYZE national_line")
        _refuse(cursor, "national_twice", TWICE)
        _refuse(cursor, "national_orphan", ORPHAN)
    return number


def _refuse(cursor: CursorWrapper, code: str, query: str) -> None:
    cursor.execute(query)
    if (found := cursor.fetchone()) is not None:
        raise Refused(code, code=found[0])


def compare(file: NationalFile) -> int:
    """Keeps every difference of what is laid out. Returns how many. Raises Refused for a file that is not whole."""
    asked: dict[str, Any] = {"file": file.id, "lo": file.lo, "hi": file.hi, "today": clock.today(), "left": LEFT}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM areas_division d WHERE NOT d.local AND {INSIDE}", asked)
        if cursor.fetchone()[0] == 0:
            raise Refused("national_nothing")
        cursor.execute(FEWER, asked)
        if (fewer := cursor.fetchone()) is not None:
            raise Refused("national_incomplete", name=fewer[0], ours=fewer[1], theirs=fewer[2] or 0)
        total = 0
        for statement in (GONE, LOCAL, CAME):
            cursor.execute(statement, asked)
            total += cursor.rowcount
    if total > MOST:
        raise Refused("national_other", count=total, limit=MOST)
    return total


def kept(area: Area) -> int:
    """How many places are otherwise here because somebody made them so, which no file changes."""
    return _rows(KEPT, area)[0][0]


def brought(area: Area) -> dict[tuple[int, int], str]:
    return {(level, code): name for level, code, name in _rows(BROUGHT, area)}


def _rows(query: str, area: Area) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, {"lo": area.lo, "hi": area.hi, "today": clock.today()})
        return cursor.fetchall()


def of(file: NationalFile) -> list[Difference]:
    return list(Difference.objects.filter(file=file).order_by("level", "code"))
