"""Outlines come in: a file is uploaded, looked at on a map, and then taken over."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengchao.accounts.queries import names_of
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.web.notices import done
from fengchao.web.pages import Request, page
from fengchao.web.place import here, named

from .. import actions
from ..models import MapImport
from ..preview import LISTED, drawing, refusals, strays
from ..trial import Trial
from ..wording import doubt

RECENT = 20


@page(P.MANAGE_AREAS)
def imports(request: Request) -> HttpResponse:
    place = here(request, request.actor)
    if request.method == "POST":
        if place.level == "overlay":
            raise Refused("map_overlay")
        file = request.FILES.get("file")
        if file is None:
            raise Refused("map_no_file")
        row = actions.receive(by=request.actor, area=place.area, what=request.POST.get("what", ""),
                              datum=request.POST.get("datum", ""), name=file.name or "", chunks=file.chunks())
        return redirect("map_import", row=row.id)
    rows = MapImport.objects.filter(grid__gte=place.area.lo, grid__lt=place.area.hi).defer("features")
    recent = list(rows.exclude(state=MapImport.State.DROPPED).order_by("-at")[:RECENT])
    return render(request, "maps/imports.html", {
        "place": place, "rows": recent, "names": names_of(row.by for row in recent), "whats": MapImport.What.choices,
        "datums": MapImport.Datum.choices,
        "may_draw": place.level != "overlay" and request.actor.may(P.MANAGE_AREAS, place.area),
    })


@page(P.MANAGE_AREAS)
def preview(request: Request, row: UUID) -> HttpResponse:
    """What the file would do; once it has ended, what it did."""
    found = _row(row)
    context = {"row": found, "place": named([found.area.code or 0])[0], "datums": MapImport.Datum.choices}
    if found.state == MapImport.State.WAITING:
        trial = Trial(found)
        better = trial.better_datum
        context |= {
            "trial": trial, "picture": drawing(trial), "refusals": refusals(trial), "strays": strays(trial),
            "more": max(0, len(trial.refused) - LISTED), "doubt": doubt(better, found.datum) if better else "",
        }
    return render(request, "maps/import.html", context)


@page(P.MANAGE_AREAS)
@require_POST
def restate(request: Request, row: UUID) -> HttpResponse:
    actions.restate(by=request.actor, row=_row(row), datum=request.POST.get("datum", ""),
                    column=request.POST.get("column", ""))
    return redirect("map_import", row=row)


@page(P.MANAGE_AREAS)
@require_POST
def confirm(request: Request, row: UUID) -> HttpResponse:
    counts = actions.confirm(by=request.actor, row=_row(row))
    done(request, _("已导入 %(taken)s 个面，从今天起用在图上。") % counts)
    return redirect("map_import", row=row)


@page(P.MANAGE_AREAS)
@require_POST
def drop(request: Request, row: UUID) -> HttpResponse:
    actions.drop(by=request.actor, row=_row(row))
    done(request, _("已放弃，文件内容已删除。"))
    return redirect("map_imports")


def _row(id_: UUID) -> MapImport:
    found = MapImport.objects.filter(id=id_).first()
    if found is None:
        raise Refused("not_found")
    return found
