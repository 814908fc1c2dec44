"""The national register into the database: by COPY when there is nothing, by comparison when there is something."""

from itertools import islice
from typing import Any

from django.db import connection

from fengchao.base import audit
from fengchao.base.actor import Actor
from fengchao.base.jobs import Report, silent
from fengchao.base.permissions import Permission as P
from fengchao.base.places import COUNTRY, DIGITS

from .. import register
from ..models import DIGITS_OF

COPY = "COPY {table} (code, name, short, level, lo, hi, local, forming) FROM STDIN"
# Names that were changed here stay as they are; what is new in a later register is added.
MERGE = """
INSERT INTO areas_division (code, name, short, level, lo, hi, local, forming)
SELECT code, name, short, level, lo, hi, local, forming FROM incoming
ON CONFLICT (level, code) DO NOTHING
"""
TOTAL = 665_276
EVERY = 50_000  # rows between two reports
UNIT = {level: 10 ** (DIGITS - digits) for level, digits in DIGITS_OF.items()}


def load_register(*, by: Actor, report: Report = silent) -> int:
    """All 665,276 divisions, or those that are missing. Returns how many were added."""
    by.require(P.MANAGE_AREAS, COUNTRY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT FROM areas_division WHERE NOT local) AS national")
        before = cursor.fetchone()[0]
        total = TOTAL
        if before >= total:
            return 0
        if before == 0:
            _copy(cursor, "areas_division", report, total)
        else:
            cursor.execute("CREATE TEMP TABLE incoming (LIKE areas_division INCLUDING DEFAULTS) ON COMMIT DROP")
            cursor.execute("ALTER TABLE incoming ALTER id DROP NOT NULL")
            _copy(cursor, "incoming", report, total)
            cursor.execute(MERGE)
    audit.write_one("register_loaded", register.SHA256[:12], by=by, added=total - before)
    return total - before


def _copy(cursor: Any, table: str, report: Report, total: int) -> None:
    rows = register.read()
    with cursor.copy(COPY.format(table=table)) as copy:
        for done in range(0, total, EVERY):
            copy.write("".join(_line(*row) for row in islice(rows, EVERY)))
            report(min(done + EVERY, total), total)


def _line(code: int, name: str, level: int) -> str:
    """In COPY's text format; names of the register hold no tab and no backslash (its test says so)."""
    lo = code * 1000
    return f"{code}\t{name}\t\t{level}\t{lo}\t{lo + UNIT[level]}\tf\tf\n"
