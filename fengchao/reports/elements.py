"""The counts that lines of the daily return are filled from. A pack names them; a test holds the packs against them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.work import coverage
from fengchao.work.kinds import all_kinds
from fengchao.work.models import Campaign

SEEN = """SELECT count(DISTINCT task_id) FILTER (WHERE outcome = ANY (%s::text[])),
 count(DISTINCT task_id) FILTER (WHERE outcome = 'nobody_home'),
 count(DISTINCT task_id) FILTER (WHERE outcome = 'refused'),
 count(DISTINCT task_id) FILTER (WHERE answers->>'help' = 'yes')
FROM work_record WHERE grid >= %s AND grid < %s AND at > %s AND at <= %s"""


@dataclass(frozen=True, slots=True)
class Period:
    """Where, and from when (not included) until when (included)."""

    area: Area
    since: datetime
    until: datetime


def seen(period: Period) -> dict[str, int]:
    """What was observed at the doors: each door once, however often somebody came by."""
    reached = sorted({o.code for kind in all_kinds() for o in kind.rules.outcomes if o.reached})
    with connection.cursor() as cursor:
        cursor.execute(SEEN, [reached, period.area.lo, period.area.hi, period.since, period.until])
        row = cursor.fetchone()
    return dict(zip(("reached_today", "nobody_home_today", "refused_today", "help_asked"), row, strict=True))


def standing(period: Period) -> dict[str, int]:
    """Where the running campaigns stand now."""
    campaigns = Campaign.objects.filter(state=Campaign.State.RUNNING, lo__lt=period.area.hi, hi__gt=period.area.lo)
    figures = [coverage.of(campaign, period.area) for campaign in campaigns]
    return {"tasks": sum(f.total for f in figures), "remaining": sum(f.remaining for f in figures),
            "overdue": sum(f.overdue for f in figures)}


def moved(period: Period) -> dict[str, int]:
    """Who came and who left, as people wrote it down one by one; a workbook loaded anew is no arrival."""
    deeds = AuditEntry.objects.filter(grid__gte=period.area.lo, grid__lt=period.area.hi, at__gt=period.since,
                                      at__lte=period.until)
    left = deeds.filter(action="set_presence", detail__presence="left")
    return {"persons_added": deeds.filter(action="add_person").values("object").distinct().count(),
            "persons_left": left.values("object").distinct().count()}


SOURCES: dict[str, Callable[[Period], dict[str, int]]] = {
    "tasks": standing, "remaining": standing, "overdue": standing,
    "reached_today": seen, "nobody_home_today": seen, "refused_today": seen, "help_asked": seen,
    "persons_added": moved, "persons_left": moved,
}


def counts(period: Period) -> dict[str, int]:
    """Every count by its name."""
    found: dict[str, int] = {}
    for source in dict.fromkeys(SOURCES.values()):
        found |= source(period)
    return found
