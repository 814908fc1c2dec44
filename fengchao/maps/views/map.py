"""The map of a place: one drawing, four layers, and a day again as a film."""

from datetime import timedelta
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render

from fengchao.base import clock
from fengchao.base.permissions import Permission as P
from fengchao.engines.geometry import Datum
from fengchao.web.pages import Request, page
from fengchao.web.place import path_to
from fengchao.work.views.common import Scene, scene

from ..film import SLOTS, film
from ..layers import LAYERS
from ..numbers import digits_of, numbers
from ..picture import picture
from ..things import Thing, things
from ..tiles import allowed, configured


@page(P.SEE_COVERAGE)
def map_page(request: Request) -> HttpResponseBase:
    at = scene(request)
    layer = LAYERS.get(request.GET.get("layer", ""), LAYERS["coverage"])
    campaign = f"&campaign={at.campaign.id}" if at.campaign else ""
    found = things(at.place, request.actor, f"{campaign}&layer={layer.code}")
    shown = numbers(at.campaign, found, layer)
    tiles = configured()
    response = render(request, "maps/map.html", {
        "scene": at, "path": path_to(at.place, request.actor), "layer": layer, "layers": LAYERS.values(),
        "legend": shown.scale.legend(), "lines": shown.lines(found), "tiles": tiles,
        "picture": picture(found, shown.shades, tiles.datum if tiles else Datum.WGS84, str(at.place.code)),
        "may_draw": at.place.level != "overlay" and request.actor.may(P.MANAGE_AREAS, at.place.area),
        **_film(request, at, found, shown.figures),
    })
    return allowed(request, response, tiles)


def _film(request: Request, at: Scene, found: list[Thing], figures: dict[str, Any]) -> dict[str, Any]:
    """What the player needs, when a day is asked for."""
    today = clock.today()
    context: dict[str, Any] = {"today": today, "yesterday": today - timedelta(days=1)}
    if at.campaign is None or not (asked := request.GET.get("day")):
        return context
    day = clock.day_of(asked)
    near = any(thing.building for thing in found)
    made = film(at.campaign, at.place.area, day, 0 if near else digits_of(found))
    if near:
        made = made.with_groups({t.key: t.group[0] for t in found if t.building})
    totals = {key: figure.total for key, figure in figures.items()}
    return context | {"film": made, "film_data": made.data | {"totals": totals, "slots": SLOTS}}
