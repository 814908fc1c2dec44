"""Nobody missed, level by level: every figure leads to its rows, and a place that is done is signed."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengchao.accounts.queries import names_of
from fengchao.areas.overlays import overlays_on
from fengchao.base.actor import Actor
from fengchao.base.asked import id_of
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.base.places import DIGITS, common
from fengchao.web.notices import done
from fengchao.web.pages import Request, back, page
from fengchao.web.place import Place, below, here, named, path_to

from .. import actions
from ..coverage import Coverage, by_building, by_overlay, by_place, by_worker, of
from ..models import Campaign
from ..queries import asked_for, called_in, signed_in, tasks_in, without_answers, workers_in
from ..showing import outcomes, parts
from .common import Scene, scene


@page(P.SEE_COVERAGE)
def coverage(request: Request) -> HttpResponse:
    """The places one level down, or the buildings of a grid, with the same figures at every level."""
    at = scene(request)
    if at.campaign is None:
        return render(request, "work/no_campaign.html", {"scene": at})
    figures = of(at.campaign, at.place.area)
    signed = signed_in(at.campaign, at.place.area)
    rows = reverse("doors") + at.address()
    return render(request, "work/coverage.html", {
        "scene": at,
        "path": path_to(at.place, request.actor),
        "figures": figures,
        "parts": parts(at.campaign, figures, rows),
        "rows": rows,
        "lines": _buildings(at) if at.place.level == "grid" else _places(at, request, signed),
        "outcomes": outcomes(at.campaign),
        "signed": signed.get((at.place.area.lo, at.place.area.hi)),
        "may_sign": _may_sign(request, at),
        "workers": _workers(at),
        "unanswered": _unanswered(at),
        "overlays": _overlays(at, request.actor),
    })


@page(P.SEE_COVERAGE)
@require_POST
def sign(request: Request) -> HttpResponse:
    """States that the place is done. What is missing for that is said by the action."""
    campaign = Campaign.objects.filter(id=id_of(request.POST.get("campaign"))).first()
    if campaign is None:
        raise Refused("not_found")
    place = here(request, request.actor)
    actions.sign_off(by=request.actor, campaign=campaign, area=place.area, note=request.POST.get("note", ""))
    done(request, _("已签字：%(place)s。") % {"place": place.name})
    return redirect(back(request, reverse("coverage")))


@page(P.SEE_COVERAGE)
@require_POST
def withdraw(request: Request, sign_off: UUID) -> HttpResponse:
    actions.withdraw_sign_off(by=request.actor, sign_off=sign_off)
    done(request, _("已撤回签字；建立在它上面的上级签字也一并撤回。"))
    return redirect(back(request, reverse("coverage")))


def _places(at: Scene, request: Request, signed: dict) -> list[dict[str, Any]]:
    """Places that have tasks, and those of the tree that have none: a grid left out shows here as nothing."""
    return [
        _line(at, place.name, reverse("coverage") + at.address(place.code), reverse("doors") + at.address(place.code),
              figures, signed.get((place.area.lo, place.area.hi)))
        for place, figures in figures_below(at, request.actor)
    ]


def figures_below(at: Scene, actor: Actor) -> list[tuple[Place, Coverage]]:
    """The places one level down, with their figures; an overlay may consist of places of several levels. With the
    grids of a community stands what is in none of them, so that the rows add up."""
    places, community = below(at.place, actor), at.place.level == "community"
    levels = {len(str(place.code)) for place in places} | ({DIGITS} if community else set())
    figures = {code: figure for digits in levels
               for code, figure in by_place(at.chosen, at.place.area, digits).items()}
    if community and at.place.lo in figures:
        places += named([at.place.lo])
    return [(place, figures.get(place.code, Coverage(place=place.code))) for place in places]


def _overlays(at: Scene, actor: Actor) -> list[dict[str, Any]]:
    """The same again by enclosure, circuit or zone; those that this campaign has nothing to do in are left out."""
    rows = overlays_on(common(at.place.area.parts, actor.scope))
    figures = by_overlay(at.chosen, at.place.area, [row.id for row in rows if str(row.id) != at.place.code])
    return [
        _line(at, row.name, reverse("coverage") + at.address(str(row.id)), reverse("doors") + at.address(str(row.id)),
              figures[row.id]) | {"kind": row.get_kind_display()}
        for row in rows if row.id in figures
    ]


def _buildings(at: Scene) -> list[dict[str, Any]]:
    figures, rows = by_building(at.chosen, at.place.area), reverse("doors") + at.address()
    address = at.building_address()
    return [_line(at, name, address(building), f"{rows}&building={building}",
                  figures.get(building, Coverage(place=building)))
            for building, name in called_in(at.place.area)]


def _line(at: Scene, name: str, href: str, rows: str, figures: Coverage, signed: Any = None) -> dict[str, Any]:
    counts = [(code, figures.outcomes.get(code, 0)) for code in outcomes(at.chosen)]
    return {"name": name, "href": href, "rows": rows, "figures": figures, "counts": counts, "signed": signed,
            "parts": parts(at.chosen, figures)}


def _workers(at: Scene) -> list[dict[str, Any]]:
    """What became of the doors each person was last at, also of whoever answers here and was at none; in the order of
    names: help for asking, not a ranking."""
    if not at.place.narrow:
        return []
    figures = by_worker(at.chosen, at.place.area)
    names = {worker.id: worker.name for worker in workers_in(at.place.area)}
    names |= names_of(user for user in figures if user not in names)
    rows = reverse("doors") + at.address()
    return [_line(at, name, "", f"{rows}&last={user}", figures.get(user, Coverage(place=user)))
            for user, name in sorted(names.items(), key=lambda item: (item[1], item[0]))]


def _unanswered(at: Scene) -> int:
    """Of a place narrow enough to look through, and a campaign that asks."""
    asks = at.place.narrow and asked_for(at.chosen)
    return without_answers(at.chosen, tasks_in(at.chosen, at.place.area)).count() if asks else 0


def _may_sign(request: Request, at: Scene) -> bool:
    if at.place.level == "overlay":
        return False
    return request.actor.may(P.RECORD if at.place.level == "grid" else P.SIGN_OFF, at.place.area)
