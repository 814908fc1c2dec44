"""The way in, and the two menus of the header."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from fengchao.accounts.roles import ROLES
from fengchao.base.actor import Actor
from fengchao.base.places import Area

from . import nav
from .pages import Request
from .place import below, here, named, overlays, path_to


@login_required
def home(request: Request) -> HttpResponse:
    """The first page this person may open; who has no duty is told whom to ask."""
    if "area" in request.GET:
        here(request, request.actor)
    first = nav.first_for(request.actor)
    return redirect(first) if first else render(request, "web/no_duty.html")


@login_required
def place_menu(request: Request) -> HttpResponse:
    """Where else to look: the places around and below the present one, the overlays, and those of the other duties."""
    actor = request.actor
    place = here(request, actor)
    return _part_or_page(request, "place_menu", {
        "around": path_to(place, actor)[:-1],
        "place": place,
        "below": below(place, actor),
        "overlays": [p for p in overlays(actor) if p.code != place.code],
        "duties": [p for p in _duty_places(actor) if p.code != place.code],
    })


@login_required
def me_menu(request: Request) -> HttpResponse:
    """My duties, my account, the way out."""
    actor = request.actor
    places = {place.area: place.name for place in _duty_places(actor)}
    duties = [(ROLES[grant.role], places.get(grant.area, "")) for grant in actor.grants if grant.role in ROLES]
    return _part_or_page(request, "me_menu", {"duties": duties})


def _duty_places(actor: Actor) -> list[Any]:
    areas: dict[Area, None] = dict.fromkeys(grant.area for grant in actor.grants)
    return named([area.code for area in areas if area.code])


def _part_or_page(request: Request, name: str, context: dict[str, Any]) -> HttpResponse:
    template = f"web/parts/{name}.html" if request.htmx else f"web/{name}.html"
    return render(request, template, context)
