"""Designing the grids of a community: ask, watch, compare, take the plan along."""

from dataclasses import replace
from io import BytesIO
from typing import Any, cast
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengchao.areas.actions import plan_regridding
from fengchao.areas.drafting import arrange
from fengchao.areas.plans import Wish
from fengchao.base.errors import Refused
from fengchao.base.jobs import defer
from fengchao.base.permissions import Permission as P
from fengchao.people.models import Building
from fengchao.web.pages import Request, page
from fengchao.web.place import below, here, named

from . import actions
from .asking import Asked
from .forms import AskForm
from .jobs import draw_design
from .models import Design
from .plan import plan_of
from .sheet import workbook
from .showing import shown
from .wording import summary

LISTED = 20


@page(P.MANAGE_AREAS)
def designs(request: Request) -> HttpResponse:
    place = here(request, request.actor)
    may = request.actor.may(P.MANAGE_AREAS, place.area) and request.actor.may(P.SEE_PEOPLE, place.area)
    if not may or place.level != "community":
        return render(request, "designs/elsewhere.html", {
            "place": place, "may": may, "below": below(place, request.actor) if may and place.level == "street" else [],
        })
    today = Building.objects.filter(grid__gte=place.area.lo, grid__lt=place.area.hi).values("grid").distinct().count()
    form = AskForm(request.POST if request.method == "POST" else None, today)
    if form.is_valid():
        return _begin(request, actions.ask(by=request.actor, area=place.area, asked=form.asked(seed=0)))
    earlier = Design.objects.filter(grid=place.area.lo).order_by("-at")[:LISTED]
    return render(request, "designs/designs.html", {
        "place": place, "form": form, "today": today,
        "earlier": [(row, summary(Asked.of(row.brief))) for row in earlier],
    }, status=422 if form.errors else 200)


@page(P.MANAGE_AREAS)
def design(request: Request, design: UUID) -> HttpResponse:
    row = _design(design)
    context = {"design": row, "place": named([row.community])[0], "summary": summary(Asked.of(row.brief))}
    if row.result:
        context |= shown(row)
    else:
        context["progress"] = request.session.get(f"progress:{row.id}")
    return render(request, "designs/design.html", context)


@page(P.MANAGE_AREAS)
@require_POST
def again(request: Request, design: UUID) -> HttpResponse:
    """The same wish, other proposals."""
    row = _design(design)
    asked = Asked.of(row.brief)
    return _begin(request, actions.ask(by=request.actor, area=row.area, asked=replace(asked, seed=asked.seed + 1)))


@page(P.MANAGE_AREAS)
def plan(request: Request, design: UUID, number: int) -> HttpResponseBase:
    """A proposal as a workbook: what goes where."""
    row = _design(design)
    request.actor.require(P.MANAGE_AREAS, row.area)
    file = BytesIO()
    workbook(plan_of(row, _proposal(row, number)), file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"grids-{row.community}-{number}.xlsx")


@page(P.MANAGE_AREAS)
@require_POST
def accept(request: Request, design: UUID, number: int) -> HttpResponse:
    """The proposal becomes a plan of areas: looked at, dated and carried out there."""
    row = _design(design)
    changes = plan_of(row, _proposal(row, number)).changes
    wishes = [Wish(change.building, change.was, str(change.becomes)) for change in changes]
    title = _("网格设计 方案%(n)s") % {"n": number}
    made = plan_regridding(by=request.actor, title=title, plan=arrange(wishes))
    return redirect("regridding", made.id)


def _proposal(row: Design, number: int) -> dict[str, Any]:
    proposals = row.result.get("proposals", [])
    if not 1 <= number <= len(proposals):
        raise Refused("not_found")
    return cast(dict[str, Any], proposals[number - 1])


def _begin(request: Request, row: Design) -> HttpResponse:
    progress = defer(draw_design, by=request.actor, grid=row.grid, design=str(row.id))
    request.session[f"progress:{row.id}"] = str(progress.id)
    return redirect("design", design=row.id)


def _design(id_: UUID) -> Design:
    row = Design.objects.filter(id=id_).first()
    if row is None:
        raise Refused("not_found")
    return row
