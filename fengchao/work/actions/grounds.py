"""A campaign declared for some grids, or for an overlay, keeps to its ground when grids change."""

from django.db.models import Q

from fengchao.areas.actions.overlays import on_its_ground, remember
from fengchao.areas.models import Regridding
from fengchao.areas.plans import Plan
from fengchao.base.actor import Actor
from fengchao.base.places import Area, ground

from ..models import Campaign


def follow(regridding: Regridding, by: Actor) -> None:
    """Those that are over stay where they were; a place of the tree is what it is."""
    left = {step.was for step in Plan.of(regridding.plan).steps}
    near = Q(lo__lte=max(left, default=0), hi__gt=min(left, default=0))
    before = {}
    for campaign in Campaign.objects.filter(near).exclude(state=Campaign.State.CLOSED):
        was = campaign.area.parts
        now = on_its_ground(was, regridding)
        if now and now != was:
            before[str(campaign.id)] = [[part.lo, part.hi] for part in was]
            _lay(campaign, now)
    if before:
        remember(regridding, campaigns=before)


def unfollow(regridding: Regridding, by: Actor) -> None:
    kept = regridding.before.get("campaigns", {})
    for campaign in Campaign.objects.filter(id__in=list(kept)):
        _lay(campaign, tuple(Area(lo, hi) for lo, hi in kept[str(campaign.id)]))


def _lay(campaign: Campaign, parts: tuple[Area, ...]) -> None:
    area = ground(parts)
    Campaign.objects.filter(id=campaign.id).update(lo=area.lo, hi=area.hi,
                                                   ground=area.parts if len(area.parts) > 1 else None)
