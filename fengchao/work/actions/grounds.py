"""Where a campaign is about: its ground goes along when grids change (areas.actions.grounds), before any door does."""

from collections.abc import Iterable
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

from ..models import Campaign

# Whether a grid is of a campaign `c`.
INSIDE = "{grid} >= c.lo AND {grid} < c.hi AND (c.ground IS NULL OR {grid} <@ c.ground)"
# Whether it goes along with what moves `m`, as far as can be told beforehand: it is of grids, it will have another
# number, or the doors go where there is no grid yet.
GOES_ALONG = """(c.hi - c.lo < 1000 OR c.ground IS NOT NULL OR EXISTS (SELECT FROM areas_difference f
 WHERE f.regridding_id IS NOT NULL AND f.lo = c.lo AND f.hi = c.hi AND f.becomes > 0)
 OR NOT EXISTS (SELECT FROM areas_grid g WHERE g.code = m.becomes AND (g.since IS NULL OR g.since <= current_date)))"""


def follow(regridding: Regridding, by: Actor) -> None:
    """Those that are over stay where they were."""
    left = {step.was for step in Plan.of(regridding.plan).steps}
    where = followed(regridding)
    near = Q(lo__lte=max(left, default=0), hi__gt=min(left, default=0))
    before = {}
    for campaign in Campaign.objects.filter(near).exclude(state=Campaign.State.CLOSED).order_by("id"):
        was, now = campaign.area.parts, where(campaign.area)
        if now and now != was:
            before[str(campaign.id)] = [[part.lo, part.hi] for part in was]
            _lay(campaign, now, by)
    if before:
        remember(regridding, campaigns=before)


def unfollow(regridding: Regridding, by: Actor) -> None:
    kept = regridding.before.get("campaigns", {})
    for campaign in Campaign.objects.filter(id__in=list(kept)).order_by("id"):
        _lay(campaign, tuple(Area(lo, hi) for lo, hi in kept[str(campaign.id)]), by)


def follow_bare(shifts: Iterable[Shift], by: Actor, regridding: UUID | None) -> None:
    """Of places without any grid, which no re-gridding is about."""
    shifted = renumbered(shifts) if regridding is None else {}
    going_on = Campaign.objects.filter(lo__in=[area.lo for area in shifted]).exclude(state=Campaign.State.CLOSED)
    for campaign in going_on.order_by("id"):
        if now := shifted.get(campaign.area):
            _lay(campaign, now, by)


def _lay(campaign: Campaign, parts: tuple[Area, ...], by: Actor) -> None:
    area = ground(parts)
    Campaign.objects.filter(id=campaign.id).update(lo=area.lo, hi=area.hi,
                                                   ground=area.parts if len(area.parts) > 1 else None)
    write([Deed("campaign_shifted", campaign.id, area.lo)], by=by)
