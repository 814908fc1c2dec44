"""Tokens and webhooks keep to their ground when grids change or a place gets another number: another program is told
the same doors as before, never more. Those of an overlay go with it by themselves. Given to areas at start (see
apps.py); whoever owns one is held to their duties as ever."""

from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

from django.db.models import Q

from fengchao.areas.actions.grounds import followed, renumbered
from fengchao.areas.actions.overlays import remember
from fengchao.areas.models import Regridding
from fengchao.areas.national.standing import Shift
from fengchao.areas.plans import Plan
from fengchao.base.actor import Actor
from fengchao.base.audit import Deed, write
from fengchao.base.places import Area, ground

from ..models import Token, Webhook

Given = Token | Webhook
Where = Callable[[Area], tuple[Area, ...] | None]


def follow(regridding: Regridding, by: Actor) -> None:
    left = {step.was for step in Plan.of(regridding.plan).steps}
    near = Q(lo__lte=max(left, default=0), hi__gt=min(left, default=0))
    before = _follow(near, followed(regridding), by)
    if before:
        remember(regridding, doors=before)


def unfollow(regridding: Regridding, by: Actor) -> None:
    kept = regridding.before.get("doors", {})
    for one in _live(Q(id__in=list(kept))):
        _lay(one, tuple(Area(lo, hi) for lo, hi in kept[str(one.id)]), by)


def follow_bare(shifts: Iterable[Shift], by: Actor, regridding: UUID | None) -> None:
    """Of places without any grid, which no re-gridding is about."""
    where = renumbered(shifts) if regridding is None else {}
    _follow(Q(lo__in=[area.lo for area in where]), where.get, by)


def _follow(near: Q, where: Where, by: Actor) -> dict[str, list[list[int]]]:
    """Returns what they were, by their ids."""
    before = {}
    for one in _live(near):
        was, now = one.area.parts, where(one.area)
        if now and now != was:
            before[str(one.id)] = [[part.lo, part.hi] for part in was]
            _lay(one, now, by)
    return before


def _live(which: Q) -> Iterator[Given]:
    yield from Token.objects.filter(which, overlay=None, revoked=None).select_related("user").order_by("id")
    yield from Webhook.objects.filter(which, overlay=None, ended=None).order_by("id")


def _lay(one: Given, parts: tuple[Area, ...], by: Actor) -> None:
    area = ground(parts)
    one.lo, one.hi, one.ground = area.lo, area.hi, area.parts if len(area.parts) > 1 else None
    if isinstance(one, Webhook):
        one.grid = area.lo
    one.save(update_fields=["lo", "hi", "ground", *(["grid"] if isinstance(one, Webhook) else [])])
    write([Deed("door_shifted", one.id, area.lo)], by=by)
