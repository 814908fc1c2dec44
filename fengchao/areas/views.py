"""Divisions and grids: the tree on the left, what lies inside on the right, and changing it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengchao.base.actor import Actor
from fengchao.base.asked import number_of
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.base.places import COUNTRY, Area, codes, common

from . import actions
from .finding import find
from .models import Grid, Overlay
from .overlays import overlay_with_id
from .queries import children, division, grids, label, level_name, names, paths

View = Callable[..., HttpResponse]


def _for(permission: P) -> Callable[[View], View]:
    def wrap(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.actor.may_anywhere(permission):
                raise Refused("not_allowed")
            return view(request, *args, **kwargs)

        return guarded

    return wrap


def _area(actor: Actor, code: str) -> Area:
    """A place inside the actor's scope; anything else is not found."""
    try:
        area = COUNTRY if code == "0" else Area.of(code)
    except ValueError as error:
        raise Refused("not_found") from error
    if not any(mine.covers(area) for mine in actor.scope):
        raise Refused("not_found")
    return area


@_for(P.SEE_PLACES)
def areas(request: HttpRequest) -> HttpResponse:
    """Without ?area= the first place of the actor's duties."""
    actor: Actor = request.actor
    if not actor.scope:
        raise Refused("no_duty")
    asked = request.GET.get("area") or str(actor.scope[0].code or actor.scope[0].lo // 1000)
    if overlay := overlay_with_id(asked):
        return _overlay(request, overlay)
    area = _area(actor, asked)
    words = request.GET.get("q", "").strip()
    around = paths([area])[area]
    name = label(area.code) if area.code else _("全国")
    return render(request, "areas/areas.html", {
        "area": area, "code": area.code or 0, "level": level_name(area), "name": name,
        "path": [(d, any(mine.covers(d.area) for mine in actor.scope)) for d in around],
        "division": around[-1] if around and around[-1].area == area else None,
        "below": children(area)[:1000], "grids": _grids(area), "may_manage": actor.may(P.MANAGE_AREAS, area),
        "q": words, "found": _inside(actor, find(words, inside=area)) if words else [], "kinds": Grid.Kind,
    })


def _overlay(request: HttpRequest, overlay: Overlay) -> HttpResponse:
    """It stands beside the tree: shown is what it consists of, as far as the actor sees it."""
    actor: Actor = request.actor
    mine = common(overlay.areas, actor.scope)
    if not mine:
        raise Refused("not_found")
    parts = [Area.of(code) for area in mine for code in codes(area)]
    called, around = names(part.code or 0 for part in parts), paths(parts)
    return render(request, "areas/overlay.html", {
        "overlay": overlay, "partly": mine != overlay.areas,
        "may_manage": all(actor.may(P.MANAGE_AREAS, area) for area in overlay.areas),
        "places": [(part.code, called[part.code or 0], " ".join([d.name for d in around[part] if d.area != part][-2:]))
                   for part in parts],
    })


def _grids(area: Area) -> list[Grid]:
    return list(grids(area)) if area.hi - area.lo <= 1000 else []


def _inside(actor: Actor, found: list) -> list:
    return [f for f in found if any(mine.covers(f.area) for mine in actor.scope)]


@_for(P.SEE_PLACES)
def pick(request: HttpRequest) -> HttpResponse:
    """The answer to what is typed in a place picker: radio buttons, each with its parents."""
    actor: Actor = request.actor
    inside = _area(actor, request.GET["inside"]) if request.GET.get("inside") else None
    words, level = request.GET.get("place_words", ""), request.GET.get("level", "")
    scopes = [inside] if inside else actor.scope
    found = [f for area in scopes for f in find(words, inside=area, level=number_of(level) if level else None)]
    field = request.GET.get("field", "area")
    return render(request, "areas/parts/picked.html", {"found": found[:20], "field": field, "words": words})


@_for(P.MANAGE_AREAS)
@require_POST
def change(request: HttpRequest, code: int, deed: str) -> HttpResponse:
    """One small form each on the page of a place; the action decides whether this actor may."""
    area = _area(request.actor, str(code))
    DEEDS[deed](request, area)
    stay = area.lo // 1000 if deed in {"rename-grid", "close-grid"} else code
    return redirect(f"{reverse('areas')}?area={stay}")


def _add_division(request: HttpRequest, area: Area) -> None:
    made = actions.add_division(by=request.actor, parent=division(area.code), name=request.POST.get("name", ""),
                                forming=bool(request.POST.get("forming")))
    messages.success(request, _("已新增“%(name)s”，代码 %(code)s。") % {"name": made.name, "code": made.digits})


def _rename(request: HttpRequest, area: Area) -> None:
    actions.rename_division(by=request.actor, division=division(area.code), name=request.POST.get("name", ""),
                            short=request.POST.get("short"))
    messages.success(request, _("已改名。原来的名称仍然查得到。"))


def _confirm(request: HttpRequest, area: Area) -> None:
    actions.confirm_community(by=request.actor, division=division(area.code), name=request.POST.get("name", ""))
    messages.success(request, _("筹备组已转为社区。"))


def _merge(request: HttpRequest, area: Area) -> None:
    into = _area(request.actor, request.POST.get("into", ""))
    actions.merge_divisions(by=request.actor, gone=division(area.code), into=division(into.code))
    messages.success(request, _("已并入“%(name)s”。") % {"name": label(into.code)})


def _add_grid(request: HttpRequest, area: Area) -> None:
    grid = actions.add_grid(by=request.actor, community=division(area.code), name=request.POST.get("name", ""),
                            kind=request.POST.get("kind", Grid.Kind.BASE))
    messages.success(request, _("已新增网格“%(name)s”，代码 %(code)s。") % {"name": grid.name, "code": grid.code})


def _rename_grid(request: HttpRequest, area: Area) -> None:
    actions.rename_grid(by=request.actor, grid=_grid(area), name=request.POST.get("name", ""))
    messages.success(request, _("已改名。"))


def _close_grid(request: HttpRequest, area: Area) -> None:
    actions.close_grid(by=request.actor, grid=_grid(area))
    messages.success(request, _("网格今天起停用，编号不会再给别的网格。"))


def _grid(area: Area) -> Grid:
    grid = Grid.objects.filter(code=area.lo).first()
    if grid is None or area.hi - area.lo != 1:
        raise Refused("not_found")
    return grid


DEEDS: dict[str, Callable[[HttpRequest, Area], None]] = {
    "add": _add_division, "rename": _rename, "confirm": _confirm, "merge": _merge, "add-grid": _add_grid,
    "rename-grid": _rename_grid, "close-grid": _close_grid,
}
