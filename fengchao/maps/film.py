"""A day again: what was done at every building or grid, ten minutes by ten minutes, from the records.

The time of a record is when somebody stood at the door, as far as the phone's clock can be believed: never later than
its arrival. A door is done from the record that closed it until one takes that back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from typing import Any

import orjson
from django.db import connection

from fengchao.base import clock
from fengchao.base.places import DIGITS, Area
from fengchao.work.kinds import kind
from fengchao.work.models import Campaign

SLOT = timedelta(minutes=10)
SLOTS = 144  # of a day

# The same answer again, at the visit the rules name, closes a door as well (a second refusal).
CHANGES = """WITH seen AS (
 SELECT r.id, r.task_id, r.{place} AS place, r.outcome, least(coalesce(r.device_at, r.at), r.at) AS t
 FROM work_record r WHERE r.campaign_id = %(campaign)s AND r.grid >= %(lo)s AND r.grid < %(hi)s),
walked AS (SELECT *, row_number() OVER w AS n, lag(outcome) OVER w AS before FROM seen WHERE t < %(end)s
 WINDOW w AS (PARTITION BY task_id ORDER BY t, id)),
decisive AS (SELECT id, task_id, place, t, (outcome <> ALL (%(reopening)s))::int AS done FROM walked
 WHERE outcome = ANY (%(closing)s) OR outcome = ANY (%(reopening)s)
  OR outcome = before AND n >= (%(again)s::jsonb ->> outcome)::int),
told AS (
 SELECT place, t, done - coalesce(lag(done) OVER (PARTITION BY task_id ORDER BY t, id), 0) AS turn, 0 AS n
 FROM decisive UNION ALL SELECT place, t, 0, 1 FROM seen WHERE t < %(end)s)
SELECT place::text, greatest(-1, floor(extract(epoch FROM t - %(begin)s) / %(slot)s))::int, sum(turn)::int, sum(n)::int
FROM told WHERE place IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"""


@dataclass(frozen=True, slots=True)
class Film:
    """`done[key]` is [slot, done so far] wherever it changes, slot -1 being the state at midnight; `visits[slot]`
    how many doors somebody stood at."""

    day: date
    first: int
    last: int
    done: dict[str, list[list[int]]]
    visits: list[int]

    def with_groups(self, groups: Mapping[str, str]) -> "Film":
        """The film of the buildings with that of their grids: `groups` says in which grid each building is."""
        turns: dict[str, dict[int, int]] = {}
        for key, steps in self.done.items():
            before = 0
            for slot, done in steps:
                of_grid = turns.setdefault(groups.get(key, ""), {})
                of_grid[slot] = of_grid.get(slot, 0) + done - before
                before = done
        summed = {}
        for grid, of_grid in turns.items():
            slots = sorted(of_grid)
            summed[grid] = [list(pair) for pair in zip(slots, accumulate(of_grid[s] for s in slots), strict=True)]
        return replace(self, done=self.done | summed)

    @property
    def empty(self) -> bool:
        return not any(self.visits)

    @property
    def data(self) -> dict[str, Any]:
        return {"first": self.first, "last": self.last, "done": self.done, "visits": self.visits}


def film(campaign: Campaign, area: Area, day: date, digits: int) -> Film:
    """Of the places with codes of so many digits; 0: of buildings."""
    begin = datetime.combine(day, time(), clock.CHINA)
    done: dict[str, list[list[int]]] = {}
    visits = [0] * SLOTS
    for place, slot, turn, n in _changes(campaign, area, begin, _place(digits)):
        steps = done.setdefault(place, [])
        if turn or not steps:
            steps.append([slot, (steps[-1][1] if steps else 0) + turn])
        if slot >= 0:
            visits[slot] += n
    busy = [slot for slot, n in enumerate(visits) if n]
    return Film(day, max(busy[0] - 1, 0) if busy else 0, busy[-1] + 1 if busy else SLOTS - 1, done, visits)


def _place(digits: int) -> str:
    return f"grid / {10 ** (DIGITS - digits)}" if digits else "building_id"


def _changes(campaign: Campaign, area: Area, begin: datetime, place: str) -> list[tuple[str, int, int, int]]:
    outcomes = kind(campaign.kind).rules.outcomes
    with connection.cursor() as cursor:
        cursor.execute(CHANGES.format(place=place), {
            "campaign": campaign.id, "lo": area.lo, "hi": area.hi, "begin": begin, "end": begin + SLOTS * SLOT,
            "slot": SLOT.total_seconds(), "closing": [o.code for o in outcomes if o.closes],
            "reopening": [o.code for o in outcomes if o.reopens],
            "again": orjson.dumps({o.code: o.closes_at for o in outcomes if o.closes_at}).decode()})
        return cursor.fetchall()
