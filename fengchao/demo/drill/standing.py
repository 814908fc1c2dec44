"""Where everything stands, asked of the tables themselves: for the laws of moving places."""

from datetime import datetime

from fengchao.base.actor import system_actor
from fengchao.base.scope import acting
from fengchao.demo.drill.laws import rows

TASKS = ("(SELECT k.* FROM work_task k JOIN work_campaign c ON c.id = k.campaign_id WHERE c.state <> 'closed'"
         " AND k.state <> 2)")
TABLES = ("people_dwelling", "people_household", "people_person", "people_residence", "people_caretag",
          "people_premises", TASKS)
MISPLACED = " UNION ALL ".join(
    f"SELECT count(*) AS n FROM {table} t JOIN people_building b ON b.id = t.building_id WHERE t.grid <> b.grid"
    for table in TABLES)
HOMELESS = """SELECT count(*) FROM people_building b
WHERE NOT EXISTS (SELECT FROM areas_grid g WHERE g.code = b.grid AND g.until IS NULL)"""
UNANSWERED = """SELECT count(*) FROM areas_grid g WHERE g.code / 1000 = %s AND g.until IS NULL
AND EXISTS (SELECT FROM people_building b WHERE b.grid = g.code)
AND NOT EXISTS (SELECT FROM accounts_duty d WHERE d.role = 'grid_worker' AND d.ended IS NULL AND d.lo <= g.code
 AND d.hi > g.code)"""
RECORDS = """SELECT count(*), md5(string_agg(id::text || grid || outcome, ',' ORDER BY id)) FROM work_record
WHERE at < %s AND grid / 1000 = %s"""
RETURNS = "SELECT md5(string_agg(t::text, ',' ORDER BY id)) FROM reports_dailyreturn t WHERE lo / 1000 = %s"


def misplaced() -> int:
    """Rows that do not stand where their building stands."""
    return sum(n for (n,) in rows(MISPLACED, []))


def homeless() -> int:
    """Buildings whose grid is not open."""
    return rows(HOMELESS, [])[0][0]


def unanswered(community: int) -> int:
    return rows(UNANSWERED, [community])[0][0]


def stored(community: int, before: datetime) -> dict[str, object]:
    """What was recorded until then and every confirmed report, as digests."""
    with acting(system_actor("drill")):
        return {"records": rows(RECORDS, [before, community]), "returns": rows(RETURNS, [community])}
