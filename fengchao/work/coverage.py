"""Nobody missed, as figures: the denominator of a campaign and where every one of it stands.

Down to a grid, figures come from the counters that move with the tasks. Below a grid (buildings, workers) they are
counted, over at most one community.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from django.db import connection

from fengchao.base.places import DIGITS, Area
from fengchao.base.sql import run, uuid_array

from .kinds import kind
from .models import Campaign, Task


@dataclass(frozen=True, slots=True)
class Coverage:
    """Where the tasks of one place stand. `outcomes` holds the last word of every task, open or done;
    `untried` the open ones nobody has been to. total = done + remaining; excluded ones stand apart."""

    place: int | UUID | None
    total: int = 0
    done: int = 0
    remaining: int = 0
    untried: int = 0
    overdue: int = 0
    reached: int = 0
    excluded: int = 0
    attempts: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """Of the denominator, how much is done; an empty denominator is done."""
        return self.done / self.total if self.total else 1.0


P = TypeVar("P", int, UUID, UUID | None)  # what a place is known by


def fold(campaign: Campaign, groups: Iterable[tuple[P, int, str, int, int]]) -> dict[P, Coverage]:
    """Groups of tasks (place, state, outcome, tasks, attempts) as one Coverage a place."""
    reached = {o.code for o in kind(campaign.kind).rules.outcomes if o.reached}
    sums: dict[P, dict[str, int]] = {}
    outcomes: dict[P, dict[str, int]] = {}
    for place, state, outcome, n, attempts in groups:
        total = sums.setdefault(place, dict.fromkeys(
            ("total", "done", "remaining", "untried", "reached", "excluded", "attempts"), 0))
        said = outcomes.setdefault(place, {})
        if state == Task.State.EXCLUDED:
            total["excluded"] += n
            continue
        total["total"] += n
        total["attempts"] += attempts
        total["done" if state == Task.State.DONE else "remaining"] += n
        if outcome:
            said[outcome] = said.get(outcome, 0) + n
        elif state == Task.State.OPEN:
            total["untried"] += n
        if state == Task.State.DONE and outcome in reached:
            total["reached"] += n
    late = campaign.late
    return {place: Coverage(place=place, outcomes=outcomes[place], overdue=late * total["remaining"], **total)
            for place, total in sums.items()}


COUNTED = """SELECT grid / %s::bigint, state, outcome, sum(n), sum(attempts) FROM work_counter
WHERE campaign_id = %s AND grid >= %s AND grid < %s AND n <> 0 GROUP BY 1, 2, 3"""


def by_place(campaign: Campaign, area: Area, digits: int) -> dict[int, Coverage]:
    """Coverage of every division or grid below `area` at the level of so many digits (12: communities)."""
    return fold(campaign, run(COUNTED, [10 ** (DIGITS - digits), campaign.id, area.lo, area.hi]).fetchall())


def of(campaign: Campaign, area: Area) -> Coverage:
    """Coverage of the whole of `area`, as far as the actor sees it."""
    return by_place(campaign, area, 0).get(0, Coverage(place=0))


BY_OVERLAY = """SELECT p.overlay_id, c.state, c.outcome, sum(c.n), sum(c.attempts)
FROM areas_overlaypart p JOIN work_counter c ON c.grid >= p.lo AND c.grid < p.hi
WHERE p.overlay_id = ANY (%s::uuid[]) AND c.campaign_id = %s AND c.grid >= %s AND c.grid < %s AND c.n <> 0
GROUP BY 1, 2, 3"""


def by_overlay(campaign: Campaign, area: Area, overlays: Collection[UUID]) -> dict[UUID, Coverage]:
    """Coverage of what each overlay has inside `area`. They may overlap and leave grids out: no sum is whole."""
    if not overlays:
        return {}
    return fold(campaign, run(BY_OVERLAY, [uuid_array(overlays), campaign.id, area.lo, area.hi]).fetchall())


BELOW = """SELECT {column}, state, outcome, count(*), sum(attempts) FROM work_task
WHERE campaign_id = %s AND grid >= %s AND grid < %s GROUP BY 1, 2, 3"""


def by_building(campaign: Campaign, area: Area) -> dict[UUID | None, Coverage]:
    """Coverage of every building of a grid or a community. Wider areas are read by place."""
    return _below(campaign, area, "building_id")


def by_worker(campaign: Campaign, area: Area) -> dict[UUID | None, Coverage]:
    """Where the doors stand that somebody was the last to record at, by who it was; None: nobody has yet."""
    return _below(campaign, area, "last_by")


def _below(campaign: Campaign, area: Area, column: str) -> dict[UUID | None, Coverage]:
    return fold(campaign, run(BELOW.format(column=column), [campaign.id, area.lo, area.hi]).fetchall())


RECOUNT = """SELECT grid, state, outcome, level, count(*), sum(attempts) FROM work_task
WHERE campaign_id = %s GROUP BY 1, 2, 3, 4"""

KEPT = "SELECT grid, state, outcome, level, n, attempts FROM work_counter WHERE campaign_id = %s AND n <> 0"


def counters_equal_recount(campaign: UUID) -> bool:
    """The law of the counters, asked of the whole campaign as far as the actor sees it."""
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT, [campaign])
        recount = set(cursor.fetchall())
        cursor.execute(KEPT, [campaign])
        return recount == set(cursor.fetchall())
