"""The situation board: a place at a glance, who answers for it with their phones, and the live figures below."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fengchao.areas.queries import names
from fengchao.base.crypto import unseal
from fengchao.base.permissions import Permission as P
from fengchao.people.queries import presence_in
from fengchao.sightings.queries import estimates_in
from fengchao.web.pages import Request, page, part, part_only
from fengchao.web.place import path_to

from ..coverage import of
from ..lists import NO_BUILDING
from ..queries import Standing, conflicts_in, standing_in, workers_in
from ..showing import parts
from .common import Scene, scene
from .coverage import figures_below


@page(P.SEE_COVERAGE)
def board(request: Request) -> HttpResponse:
    """The whole page, or, asked again by the page itself, its figures only."""
    at = scene(request)
    context: dict[str, Any] = {"scene": at, "narrow": at.place.narrow, "responsible": _responsible(at)}
    if at.campaign:
        figures = of(at.campaign, at.place.area)
        rows = reverse("doors") + at.address()
        context |= {"figures": figures, "rows": rows, "parts": parts(at.campaign, figures, rows),
                    "lines": _lines(request, at), "conflicts": conflicts_in(at.campaign, at.place.area)}
    if at.place.level == "community":  # kept when the sources or the register changed: one row, nothing reckoned here
        context["estimate"] = estimates_in(at.place.area).first()
    if at.place.narrow and request.actor.sees_people:
        context["presence"] = presence_in(at.place.area)
    if part_only(request):
        return part(request, "work/parts/board_again.html", context)
    return render(request, "work/board.html", context | {"path": path_to(at.place, request.actor)})


def _lines(request: Request, at: Scene) -> list[dict[str, Any]]:
    """Buildings of a community or grid, and what is in none; wider, the places one level down."""
    if at.place.narrow:
        buildings, address = standing_in(at.chosen, at.place.area), at.building_address()
        grids = names({building.grid for building in buildings if building.grid})
        return [{"name": b.name, "grid": grids[b.grid], "figures": b, "href": address(b.id)} if b.grid
                else _outside(at, b) for b in buildings]
    return [{"name": place.name, "figures": figures, "href": reverse("board") + at.address(place.code)}
            for place, figures in figures_below(at, request.actor)]


def _outside(at: Scene, figures: Standing) -> dict[str, Any]:
    """What is in no building has no page of its own: its rows, those that remain as long as any do."""
    show = "open" if figures.remaining else "done"
    return {"name": _("无楼栋"), "figures": figures,
            "href": f"{reverse('doors')}{at.address()}&show={show}&building={NO_BUILDING}"}


def _responsible(at: Scene) -> list[dict[str, Any]]:
    """Names and telephones of those who answer for each grid: whom to ring when something is wrong there."""
    if not at.place.narrow:
        return []
    workers = workers_in(at.place.area)
    called = names({worker.grid for worker in workers})
    return [{"worker": worker, "grid": called[worker.grid], "phone": unseal(worker.sealed_phone)} for worker in workers]
