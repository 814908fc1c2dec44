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

# Of each door its last word in the period, as coverage has it: what was corrected or taken back is gone, what closed
# the door stands before a visit that came in late, and of two that contradict each other the first.
SEEN = """WITH said AS (SELECT id, task_id, outcome, answers, at, device_at, conflict, supersedes FROM work_record
 WHERE grid >= %(lo)s AND grid < %(hi)s AND at > %(since)s AND at <= %(until)s),
stands AS (SELECT * FROM said WHERE id NOT IN (SELECT supersedes FROM said WHERE supersedes IS NOT NULL)),
last AS (SELECT DISTINCT ON (task_id) outcome FROM stands
 ORDER BY task_id, conflict = 2, outcome = ANY (%(closing)s::text[]) DESC, at DESC, device_at DESC NULLS LAST, id DESC)
SELECT (SELECT count(*) FROM last WHERE outcome = ANY (%(reached)s::text[])),
 (SELECT count(*) FROM last WHERE outcome = 'nobody_home'), (SELECT count(*) FROM last WHERE outcome = 'refused'),
 (SELECT count(DISTINCT task_id) FROM stands WHERE answers->>'help' = 'yes')"""


@dataclass(frozen=True, slots=True)
class Period:
    """Where, and from when (not included) until when (included)."""

    area: Area
    since: datetime
    until: datetime


def seen(period: Period) -> dict[str, int]:
    """How the doors ended the day: each once, by its last word; and where help was asked for."""
    outcomes = [o for kind in all_kinds() for o in kind.rules.outcomes]
    with connection.cursor() as cursor:
        cursor.execute(SEEN, {
            "lo": period.area.lo, "hi": period.area.hi, "since": period.since, "until": period.until,
            "reached": sorted({o.code for o in outcomes if o.reached}),
            "closing": sorted({o.code for o in outcomes if o.closes}),
        })
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
