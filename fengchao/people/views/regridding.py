"""Cutting the grids of a place anew: a plan from the page or a workbook, its preview, its day, the way back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengchao.accounts.following import following
from fengchao.areas import actions, previewing
from fengchao.areas.drafting import arrange, found
from fengchao.areas.jobs import perform
from fengchao.areas.models import Regridding
from fengchao.areas.plans import Plan, Wish
from fengchao.areas.queries import grids, names
from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.asked import number_of
from fengchao.base.errors import Refused
from fengchao.base.jobs import defer
from fengchao.base.models import Progress
from fengchao.base.permissions import Permission as P
from fengchao.sheets import uploads
from fengchao.sheets.limits import LIMITS
from fengchao.sheets.mapping import complete
from fengchao.sheets.writing import export
from fengchao.web.notices import done
from fengchao.web.pages import Request, page
from fengchao.web.place import Place, here

from .. import regrid_sheet, regrid_wishes
from ..models import Dwelling

LISTED = 50
LONG = 2_000  # doors: more than two seconds on an office machine
LINES = "fengchao.people.regrid_sheet:lines"


@page(P.MANAGE_AREAS)
def regriddings(request: Request) -> HttpResponse:
    """The plans of a place, and its history: what was changed, when, by whom."""
    place = here(request, request.actor)
    rows = Regridding.objects.filter(lo__lt=place.area.hi, hi__gt=place.area.lo).exclude(state="dropped")
    shown = [row for row in rows.order_by("-at")[:LISTED] if _may(request.actor, Plan.of(row.plan))]
    return render(request, "people/regriddings.html", {"place": place, "rows": shown})


@page(P.MANAGE_AREAS)
def draft(request: Request) -> HttpResponse:
    """Building by building in a community; in a street, the grids of which a new community is founded."""
    place = here(request, request.actor)
    if request.method == "POST":
        if place.level == "street":
            return _planned(request, _founded(request, place))
        posted = request.POST.dict()
        wishes, renamed = regrid_wishes.of_form(place.area, posted), regrid_wishes.names_of_form(place.area, posted)
        return _planned(request, replace(_arranged(wishes) if wishes or not renamed else Plan(), names=renamed))
    if place.level not in {"street", "community"}:
        return render(request, "people/regrid_draft.html", {"place": place})
    held: dict[int, list[Any]] = {grid.code: [] for grid in grids(place.area).filter(until=None)}
    for building in regrid_wishes.buildings(place.area):
        held.setdefault(building.grid, []).append(building)
    called = names(held)
    return render(request, "people/regrid_draft.html", {
        "place": place, "grids": [(code, called[code], rows, sum(b.doors for b in rows))
                                  for code, rows in held.items()],
    })


def _arranged(wishes: list[Wish]) -> Plan:
    if not wishes:
        raise Refused("regrid_empty")
    return arrange(wishes)


def _founded(request: Request, place: Place) -> Plan:
    return found(place.area, request.POST.get("name", ""), map(number_of, request.POST.getlist("grid")))


def _planned(request: Request, plan: Plan) -> HttpResponse:
    title = request.POST.get("title", "").strip() or _("调整网格")
    return redirect("regridding", id=actions.plan_regridding(by=request.actor, title=title, plan=plan).id)


@page(P.MANAGE_AREAS)
def sheet(request: Request) -> HttpResponseBase:
    """GET: every building as a workbook, to be filled in. POST: the workbook filled in, as a plan."""
    place = here(request, request.actor)
    if request.method == "POST":
        return _planned(request, _arranged(regrid_wishes.of_lines(place.area, _lines(request))))
    file = BytesIO()
    export(file, title=_("网格调整"), columns=regrid_sheet.columns(), rows=regrid_sheet.written(place.area))
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{place.name}-grids.xlsx")


def _lines(request: Request) -> list[list[Any]]:
    file = request.FILES.get("file")
    if file is None:
        raise Refused("required", field=_("文件"))
    if (file.size or 0) > LIMITS.file_bytes:
        raise Refused("too_large")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan"
        path.write_bytes(file.read())
        read = uploads.read(LINES, path)
        with uploads.in_words(regrid_sheet.TARGET):
            complete(dict(enumerate(next(read, []))), regrid_sheet.columns())
        return list(read)


@page(P.MANAGE_AREAS)
def regridding(request: Request, id: UUID) -> HttpResponse:
    row, plan = _found(request.actor, id)
    context: dict[str, Any] = {"row": row, "plan": plan, "figures": row.figures}
    if row.state == Regridding.State.PLANNED:
        context["figures"] = previewing.preview(by=request.actor, plan=plan)
        context["following"] = following(plan, context["figures"]["flows"])
        context["declined"] = set(row.choices.get("declined", ()))
        context["refused"] = [Refused(code, count=count).message
                              for code, count in context["figures"]["refused"].items()]
    called = names(plan.grids) | dict(row.before.get("names", ())) | {o.code: o.name for o in plan.openings}
    return render(request, "people/regridding.html", context | {
        "called": called, "progress": _progress(request, row), "flows": context["figures"].get("flows", []),
        "tomorrow": clock.today() + timedelta(days=1),
        "problem": Refused(row.problem["code"], **row.problem["params"]).message if row.problem else "",
        "undoable": row.state == Regridding.State.DONE and row.done_at is not None
        and clock.now() - row.done_at < actions.UNDONE_WITHIN,
    })


@page(P.MANAGE_AREAS)
@require_POST
def decide(request: Request, id: UUID, deed: str) -> HttpResponse:
    row, _plan = _found(request.actor, id)
    if deed not in DEEDS:
        raise Refused("not_found")
    if deed in {"now", "schedule"}:
        keys = set(request.POST.getlist("asked")) - set(request.POST.getlist("follow"))
        actions.choose(by=request.actor, regridding=row, choices={"declined": sorted(keys)})
    DEEDS[deed](request, row)
    return redirect("regridding", id=row.id)


def _takes_long(request: Request, row: Regridding, deed: str, grids: set[int]) -> bool:
    """Whether it was left to a job, whose progress the page shows."""
    if Dwelling.objects.filter(grid__in=grids).count() <= LONG:
        return False
    progress = defer(perform, by=request.actor, grid=row.grid, regridding=str(row.id), deed=deed)
    request.session[f"progress:{row.id}"] = str(progress.id)
    return True


def _progress(request: Request, row: Regridding) -> Progress | None:
    begun: str = request.session.get(f"progress:{row.id}", "")
    return Progress.objects.filter(id=begun, finished=None).first() if begun else None


def _now(request: Request, row: Regridding) -> None:
    if _takes_long(request, row, "now", {s.was for s in Plan.of(row.plan).steps}):
        return
    actions.carry_out(by=request.actor, regridding=row)
    done(request, _("已执行。楼栋、住户和没做完的任务都已跟过去，手机下次联网自动更新。"))


def _schedule(request: Request, row: Regridding) -> None:
    day = clock.day_of(request.POST.get("day", ""))
    actions.schedule(by=request.actor, regridding=row, day=day)
    done(request, _("已定于 %(day)s 凌晨执行。") % {"day": day.isoformat()})


def _undo(request: Request, row: Regridding) -> None:
    if _takes_long(request, row, "undo", {s.becomes for s in Plan.of(row.plan).steps}):
        return
    actions.undo(by=request.actor, regridding=row)
    done(request, _("已撤销，一切回到调整之前。"))


def _drop(request: Request, row: Regridding) -> None:
    actions.drop(by=request.actor, regridding=row)
    done(request, _("已放弃这份方案。"))


DEEDS: dict[str, Callable[[Request, Regridding], None]] = {
    "now": _now, "schedule": _schedule, "undo": _undo, "drop": _drop,
}


def _found(actor: Actor, id: UUID) -> tuple[Regridding, Plan]:
    """One whose every grid is the actor's to change; any other is not found."""
    row = Regridding.objects.filter(id=id).first()
    if row is None or not _may(actor, plan := Plan.of(row.plan)):
        raise Refused("not_found")
    return row, plan


def _may(actor: Actor, plan: Plan) -> bool:
    return all(actor.may(P.MANAGE_AREAS, grid) for grid in plan.grids)
