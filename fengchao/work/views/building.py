"""A building as it stands: floors down, doors across, each coloured by what came of it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.base.places import Area
from fengchao.people.models import Building, Dwelling
from fengchao.web.pages import Request, page

from ..coverage import Coverage, fold
from ..models import Campaign, Task
from ..queries import campaigns_in, workers_in
from ..showing import outcomes, parts


@page(P.SEE_COVERAGE)
def building(request: Request, building: UUID) -> HttpResponse:
    row = Building.objects.filter(id=building).first()
    if row is None:
        raise Refused("not_found")
    campaigns = list(campaigns_in(Area.of(row.grid))[:50])
    asked = request.GET.get("campaign") or request.session.get("campaign", "")
    campaign = next((c for c in campaigns if str(c.id) == asked), campaigns[0] if campaigns else None)
    tasks = {t.dwelling_id: t for t in Task.objects.filter(campaign=campaign, building=row, grid=row.grid)}
    figures = _figures(campaign, tasks) if campaign else None
    return render(request, "work/building.html", {
        "building": row,
        "campaign": campaign,
        "entrances": _entrances(row, tasks),
        "figures": figures,
        "parts": parts(campaign, figures) if campaign and figures else [],
        "words": outcomes(campaign) if campaign else {},
        "workers": workers_in(Area.of(row.grid)),
    })


def _entrances(row: Building, tasks: dict[UUID | None, Task]) -> list[dict[str, Any]]:
    """Each entrance with its floors from the top, each floor with its doors in the order of their rooms."""
    stacks: dict[str, dict[int, list[tuple[Dwelling, Task | None]]]] = {}
    for dwelling in Dwelling.objects.filter(building=row, grid=row.grid).order_by("entrance", "-floor", "room"):
        floors = stacks.setdefault(dwelling.entrance, {})
        floors.setdefault(dwelling.floor, []).append((dwelling, tasks.get(dwelling.id)))
    return [{"name": name, "floors": list(floors.items())} for name, floors in stacks.items()]


def _figures(campaign: Campaign, tasks: dict[UUID | None, Task]) -> Coverage:
    groups = [(0, t.state, t.outcome, 1, t.attempts) for t in tasks.values()]
    return fold(campaign, groups or [(0, Task.State.OPEN, "", 0, 0)])[0]
