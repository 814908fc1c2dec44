"""A running campaign goes on in the place it was declared for, when that has another number now.

Its tasks are its doors and stay so: a campaign of a community that was merged has no task more in the larger one.
"""

from collections.abc import Iterable
from uuid import UUID

from fengchao.areas.models import Regridding
from fengchao.areas.national.standing import Shift
from fengchao.base import audit
from fengchao.base.actor import Actor
from fengchao.base.audit import Deed
from fengchao.base.places import Area

from ..models import Campaign


def shift_campaigns(shifts: Iterable[Shift], by: Actor, regridding: UUID | None) -> None:
    """Where they were is kept with the re-gridding, to be undone with it."""
    ways: dict[Area, Area] = {}
    for shift in shifts:
        ways[shift.was] = shift.becomes
        ways |= {Area(was, was + 1): Area(to, to + 1) for was, to in shift.grids}
    if not ways:
        return
    going_on = Campaign.objects.exclude(state=Campaign.State.CLOSED).filter(lo__in=[area.lo for area in ways])
    moved = {row.id: row.area for row in going_on.order_by("id").select_for_update() if row.area in ways}
    _draw({id_: ways[area] for id_, area in moved.items()}, by)
    if moved and regridding is not None:
        row = Regridding.objects.get(id=regridding)
        kept = {str(id_): [area.lo, area.hi] for id_, area in moved.items()}
        Regridding.objects.filter(id=regridding).update(before=row.before | {"campaigns": kept})


def shift_campaigns_back(shifts: Iterable[Shift], by: Actor, regridding: UUID) -> None:
    kept = Regridding.objects.get(id=regridding).before.get("campaigns", {})
    _draw({UUID(id_): Area(lo, hi) for id_, (lo, hi) in kept.items()}, by)


def _draw(areas: dict[UUID, Area], by: Actor) -> None:
    for id_, area in areas.items():
        Campaign.objects.filter(id=id_).update(lo=area.lo, hi=area.hi)
    audit.write([Deed("campaign_shifted", id_, area.lo) for id_, area in areas.items()], by=by)
