"""What the pages of work share: where they look, and at which campaign."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from fengchao.areas.overlays import overlay_with_id
from fengchao.base.errors import Refused
from fengchao.web.pages import Request
from fengchao.web.place import Place, here, laid_over, named

from ..models import Campaign
from ..queries import campaigns_in

NIL = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a page looks, and at what. `campaign` is None where nothing has been declared yet."""

    place: Place
    campaign: Campaign | None
    campaigns: list[Campaign]

    @property
    def chosen(self) -> Campaign:
        """The campaign, where there must be one. Raises Refused "no_campaign"."""
        if self.campaign is None:
            raise Refused("no_campaign")
        return self.campaign

    def address(self, place: int | str | None = None) -> str:
        """The query string of the same page for another place."""
        campaign = f"&campaign={self.campaign.id}" if self.campaign else ""
        return f"?area={self.place.code if place is None else place}{campaign}"

    def building_address(self) -> Callable[[UUID | None], str]:
        """What makes the address of a building's page. Looked up once: there are hundreds of them on a page."""
        before, after = reverse("building", args=[NIL]).split(str(NIL))
        return lambda id: f"{before}{id}{after}?campaign={self.chosen.id}"


def scene(request: Request) -> Scene:
    """The place and campaign asked for, else those looked at last, else the actor's first place and latest campaign."""
    place = here(request, request.actor)
    campaigns = list(campaigns_in(place.area)[:50])
    asked = request.GET.get("campaign") or request.session.get("campaign", "")
    campaign = next((c for c in campaigns if str(c.id) == asked), campaigns[0] if campaigns else None)
    if campaign and request.session.get("campaign") != str(campaign.id):
        request.session["campaign"] = str(campaign.id)
    return Scene(place, campaign, campaigns)


def place_of(campaign: Campaign) -> Place | None:
    """For what it was declared, by its name; an overlay that has ended still has one."""
    overlay = overlay_with_id(campaign.overlay) if campaign.overlay else None
    if overlay:
        return laid_over(overlay)
    return named([campaign.area.code])[0] if campaign.area.code else None
