"""Actions write the present. What was seen yesterday is made to have arrived then, so that the days look like two."""

from datetime import datetime, timedelta
from pathlib import Path

import psycopg

from fengchao.base import clock, postgres
from fengchao.reports.queries import midnight

ARRIVED = "UPDATE work_record SET at = device_at WHERE grid >= %(lo)s AND grid < %(hi)s AND device_at < %(today)s"
LAST_SEEN = """UPDATE work_task t SET last_at = r.at FROM work_record r
WHERE r.id = t.record AND t.grid >= %(lo)s AND t.grid < %(hi)s AND r.at < %(today)s"""
BEGAN = """UPDATE work_campaign c SET starts = r.first FROM
(SELECT campaign_id, min(at) AS first FROM work_record WHERE grid >= %(lo)s AND grid < %(hi)s GROUP BY 1) r
WHERE r.campaign_id = c.id"""


def at(hour: int, *, after: timedelta = timedelta()) -> datetime:
    return midnight(clock.today() - timedelta(days=1)) + timedelta(hours=hour) + after


def date_back(home: Path, code: int) -> None:
    """As the owner: nobody else can change when something happened."""
    asked = {"lo": code * 1000, "hi": (code + 1) * 1000, "today": midnight(clock.today())}
    with psycopg.connect(postgres.ensure(home).owner) as connection:
        for statement in (ARRIVED, LAST_SEEN, BEGAN):
            connection.execute(statement, asked)
