"""Returns as they are read: the one to confirm, those of a street, and how they add up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection

from fengchao import packs
from fengchao.base import clock
from fengchao.base.places import COUNTRY, Area

from .elements import Period, counts
from .models import DailyReturn

# A record carries the time its transaction began, and is seen when that has ended: what is younger than this belongs to
# the next return, so that an upload under way during the click is counted once and not lost.
SETTLED = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the system would state for a community and a day, with nothing typed by anybody."""

    period: Period
    lines: list[dict[str, Any]]
    nil: bool


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.CHINA)


def due(day: date) -> datetime:
    return midnight(day) + timedelta(hours=packs.base_pack().return_due_hour)


def compose(community: int, day: date) -> Draft:
    """Meant for whoever confirms: somebody who may not see records would be shown figures that are too small."""
    period = _period(Area.of(community), day)
    values = counts(period)
    elements = packs.base_pack().daily_return
    lines = [{"code": e.code, "zh": e.words.zh, "en": e.words.en, "value": values[e.source], "comment": ""}
             for e in elements]
    nil = not any(values[e.source] for e in elements if e.daily)
    return Draft(period, lines, nil)


def _period(area: Area, day: date) -> Period:
    """From where the return of the day before ended, to the end of the day or to now."""
    before = DailyReturn.objects.filter(grid=area.lo, day=day - timedelta(days=1), hi=area.hi).first()
    since = before.until if before else midnight(day)
    until = min(clock.now() - SETTLED, midnight(day + timedelta(days=1)))
    return Period(area, since, max(until, since + timedelta(milliseconds=1)))


def confirmed(area: Area, day: date) -> dict[int, DailyReturn]:
    """The returns of a day inside an area, by community."""
    rows = DailyReturn.objects.filter(grid__gte=area.lo, grid__lt=area.hi, day=day)
    return {row.lo // 1000: row for row in rows}


def confirmed_days(area: Area, first: date, last: date) -> list[DailyReturn]:
    """The returns of one community from a day to a day."""
    return list(DailyReturn.objects.filter(grid=area.lo, hi=area.hi, day__range=(first, last)))


COMMUNITIES = """SELECT DISTINCT code / 1000 FROM areas_grid
 WHERE code >= %(lo)s AND code < %(hi)s AND since <= %(day)s AND (until IS NULL OR until >= %(day)s)
UNION SELECT DISTINCT n.grid / 1000 FROM work_counter n JOIN work_campaign c ON c.id = n.campaign_id
 WHERE n.grid >= %(lo)s AND n.grid < %(hi)s AND n.n > 0 AND c.starts < %(end)s ORDER BY 1"""


def communities(area: Area, day: date) -> list[int]:
    """Those that must report: every community with a grid or with tasks by then. Nothing to report is a report too."""
    with connection.cursor() as cursor:
        end = midnight(day + timedelta(days=1))
        cursor.execute(COMMUNITIES, {"lo": area.lo, "hi": area.hi, "day": day, "end": end})
        return [row[0] for row in cursor if row[0] * 1000 in area]


@dataclass(frozen=True, slots=True)
class Row:
    """One place in the roll-up: how many communities have confirmed, were late, or are missing, and their sum."""

    place: int
    expected: int
    confirmed: int
    late: int
    values: dict[str, int]
    state: str  # confirmed, late, waiting (not due yet) or missing; of several communities, the worst
    only: DailyReturn | None = None

    @property
    def missing(self) -> int:
        return self.expected - self.confirmed


ORDER = ("confirmed", "late", "waiting", "missing")


def roll_up(area: Area, day: date, digits: int) -> list[Row]:
    """A row for each place with so many digits below `area` (12: communities, 9: streets)."""
    returns = confirmed(area, day)
    groups: dict[int, list[int]] = {}
    for community in communities(area, day):
        groups.setdefault(int(str(community)[:digits]), []).append(community)
    return [_row(place, [returns.get(c) for c in members], day) for place, members in groups.items()]


def total(rows: Iterable[Row], place: int) -> Row:
    rows = list(rows)
    return Row(place, sum(r.expected for r in rows), sum(r.confirmed for r in rows), sum(r.late for r in rows),
               _sum(r.values for r in rows), max((r.state for r in rows), key=ORDER.index, default="waiting"))


def _row(place: int, returns: list[DailyReturn | None], day: date) -> Row:
    there = [r for r in returns if r]
    unconfirmed = "missing" if clock.now() > due(day) else "waiting"
    states = [unconfirmed if r is None else "late" if r.late else "confirmed" for r in returns]
    values = _sum({line["code"]: line["value"] for line in r.lines} for r in there)
    only = there[0] if len(returns) == 1 and there else None
    return Row(place, len(returns), len(there), sum(r.late for r in there), values, max(states, key=ORDER.index), only)


def _sum(each: Iterable[dict[str, int]]) -> dict[str, int]:
    summed: dict[str, int] = {}
    for values in each:
        for code, value in values.items():
            summed[code] = summed.get(code, 0) + value
    return summed


def level_below(area: Area) -> int:
    """Digits of the places a roll-up of `area` lists: a street's communities, a district's streets. An overlay's are
    communities, whatever it consists of."""
    if area.code is None and area != COUNTRY:
        return 12
    code = str(area.code or "")
    return 12 if len(code) >= 9 else 9 if len(code) == 6 else 6


