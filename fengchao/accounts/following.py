"""Who answers for what when grids change: proposed with the preview, decided by whoever confirms.

A new grid gets whoever answers for the grid most of its doors come from. Whoever held a grid that ends gets at least
the grid most of its doors go to, so that nobody is without work by an oversight. A captain goes with the building.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from fengchao.areas import moving
from fengchao.areas.plans import Plan
from fengchao.base import clock

from .models import Device, Duty
from .roles import ROLES

Flows = list[list[Any]]  # [was, becomes, {what: number}]: areas.previewing.figures


@dataclass(frozen=True, slots=True)
class Follow:
    """This duty is given for `becomes` too; `key` is how a decision against it is written down."""

    duty: Duty
    becomes: int

    @property
    def key(self) -> str:
        return f"{self.duty.id}:{self.becomes}"


@dataclass(frozen=True, slots=True)
class Following:
    ending: tuple[Duty, ...]
    follows: tuple[Follow, ...]
    unanswered: tuple[int, ...]  # new grids that nobody would answer for
    idle: tuple[Duty, ...]  # ending duties whose holder would be left with no duty at all
    devices: int  # phones of those whose grids are touched


def following(plan: Plan, flows: Flows, declined: Iterable[str] = ()) -> Following:
    """What would become of the duties. Asked while the plan is laid out (areas.moving.lay_out)."""
    declined = set(declined)
    duties = list(_duties(plan))
    by_grid: dict[int, list[Duty]] = defaultdict(list)
    for duty in duties:
        if duty.building is None:
            by_grid[duty.lo].append(duty)
    closing = set(plan.closings)
    wanted = [*_by_doors(plan, flows, by_grid), *_captains(duties)]
    held = {(d.user_id, d.role, d.lo, d.building) for d in duties}
    follows = tuple(f for f in wanted if f.key not in declined
                    and (f.duty.user_id, f.duty.role, f.becomes, f.duty.building) not in held)
    moved = {f.duty.id for f in wanted if f.duty.building}
    ending = tuple(d for d in duties if d.lo in closing or d.id in moved)
    answering = {f.becomes for f in follows if ROLES[f.duty.role].answers} | _answered(plan)
    return Following(
        ending, follows, tuple(sorted({o.code for o in plan.openings} - answering)), _idle(ending, follows),
        Device.objects.filter(user__in={d.user_id for d in duties}, revoked=None, expires__gt=clock.now()).count())


def _duties(plan: Plan) -> Iterable[Duty]:
    """Given for one of the grids touched, in force or to come."""
    alive = Q(ended=None) & (Q(until=None) | Q(until__gte=clock.today()))
    rows = Duty.objects.filter(alive, overlay=None, lo__in=plan.grids, user__is_active=True).select_related("user")
    return [duty for duty in rows.order_by("lo", "role", "user__name", "id") if duty.hi - duty.lo == 1]


def _by_doors(plan: Plan, flows: Flows, by_grid: dict[int, list[Duty]]) -> Iterable[Follow]:
    weight = {(was, becomes): (n.get("dwellings", 0), n.get("buildings", 0)) for was, becomes, n in flows}
    follows: list[Follow] = []
    for opening in plan.openings:
        sources = sorted(((w, -was) for (was, becomes), w in weight.items() if becomes == opening.code), reverse=True)
        heir = next((-was for _, was in sources if any(ROLES[d.role].answers for d in by_grid[-was])), None)
        if heir is None and sources:
            heir = -sources[0][1]
        follows += [Follow(duty, opening.code) for duty in by_grid[heir or 0]]
    served = {f.duty.id for f in follows}
    for grid in plan.closings:
        targets = [(weight.get((was, becomes), (0, 0)), -becomes)
                   for was, becomes in {(s.was, s.becomes) for s in plan.steps} if was == grid]
        follows += [Follow(duty, -max(targets)[1]) for duty in by_grid[grid] if targets and duty.id not in served]
    return follows


def _captains(duties: list[Duty]) -> Iterable[Follow]:
    """The duties for one building that goes over."""
    rows = moving.asked("SELECT row, becomes FROM regrid_row WHERE kind = 'building'", [])
    where: dict[UUID, int] = dict(rows)
    return [Follow(d, where[d.building]) for d in duties if d.building in where]


def _answered(plan: Plan) -> set[int]:
    """The new grids that a duty over a whole community answers for."""
    codes = [o.code for o in plan.openings]
    if not codes:
        return set()
    alive = Q(ended=None, since__lte=clock.today()) & (Q(until=None) | Q(until__gte=clock.today()))
    wide = Duty.objects.filter(alive, lo__lt=max(codes), hi__gt=min(codes), building=None, user__is_active=True,
                               role__in=[role.code for role in ROLES.values() if role.answers])
    areas = [(lo, hi) for lo, hi in wide.values_list("lo", "hi") if hi - lo > 1]
    return {code for code in codes if any(lo <= code < hi for lo, hi in areas)}


def _idle(ending: tuple[Duty, ...], follows: tuple[Follow, ...]) -> tuple[Duty, ...]:
    kept = {f.duty.user_id for f in follows}
    others = Duty.objects.filter(ended=None, user__in={d.user_id for d in ending} - kept).exclude(
        id__in=[d.id for d in ending])
    busy = kept | {user for user, until in others.values_list("user_id", "until")
                   if until is None or until >= clock.today()}
    return tuple(d for d in ending if d.user_id not in busy)
