"""The main screen: the doors that remain, whose they are, and what to do about them."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import render

from fengchao.accounts.queries import names_of
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.web.pages import Request, page
from fengchao.web.place import below

from .. import coverage, exports
from ..lists import listing, rows_of
from ..models import Campaign
from ..queries import Worker, buildings_in, tasks_in, workers_in
from ..showing import names_for, outcomes, parts
from .common import Scene, scene

PAPER = 3000  # doors on paper at once: about a hundred sheets


@page(P.SEE_COVERAGE)
def doors(request: Request) -> HttpResponse:
    """Rows of tasks, the remaining ones unless a figure somewhere led to others."""
    at = scene(request)
    if at.campaign is None:
        return render(request, "work/no_campaign.html", {"scene": at})
    context = _listing(request, at)
    rows = context["listing"].page(rows_of(tasks_in(at.chosen, at.place.area), at.place))
    figures = coverage.of(at.campaign, at.place.area)
    return render(request, "work/doors.html", context | {
        "page": rows,
        "names": names_of(names_for(rows.rows)),
        "figures": figures,
        "parts": parts(at.campaign, figures, at.address()),
    })


@page(P.SEE_COVERAGE)
def paper(request: Request) -> HttpResponse:
    """The same rows to take along: by building, with boxes to tick and lines to write on."""
    at, rows = _all(request)
    return render(request, "work/doors_paper.html", {"scene": at, "rows": rows, "words": outcomes(at.chosen)})


@page(P.EXPORT)
def export(request: Request) -> FileResponse:
    """The same rows as a workbook; that it left the house is written down."""
    at, rows = _all(request)
    request.actor.require(P.EXPORT, at.place.area)
    file = exports.doors(by=request.actor, campaign=at.chosen, area=at.place.area, rows=rows)
    return FileResponse(file, as_attachment=True, filename=f"{at.chosen.name}-{at.place.name}.xlsx")


def _all(request: Request) -> tuple[Scene, list[Any]]:
    at = scene(request)
    wanted = _listing(request, at)["listing"].ordered(rows_of(tasks_in(at.chosen, at.place.area), at.place))
    rows = list(wanted[: PAPER + 1])
    if len(rows) > PAPER:
        raise Refused("too_many_rows", limit=PAPER)
    return at, rows


def _listing(request: Request, at: Scene) -> dict[str, Any]:
    """A list narrow enough to choose from offers buildings and workers; a wider one the places below."""
    buildings = buildings_in(at.place.area) if at.place.narrow else []
    workers = workers_in(at.place.area) if at.place.narrow else []
    return {
        "scene": at,
        "below": below(at.place, request.actor) if at.place.level != "grid" else [],
        "workers": workers,
        "listing": listing(request.GET, at.chosen, buildings=buildings, workers=workers,
                           visitors=_visitors(request, workers) if at.place.narrow else None),
        "words": outcomes(at.chosen),
        "late": at.chosen.late,
        "may_assign": request.actor.may(P.ASSIGN, at.place.area) and at.chosen.state == Campaign.State.RUNNING,
        "may_export": request.actor.may(P.EXPORT, at.place.area),
    }


def _visitors(request: Request, workers: list[Worker]) -> dict[str, str]:
    """Those who answer here, and somebody else to whose doors a figure led: who has left, or who telephoned."""
    names = {str(worker.id): worker.name for worker in workers}
    asked = request.GET.get("last", "")
    with suppress(ValueError):
        if asked not in names:
            names |= {str(id_): name for id_, name in names_of([UUID(asked)]).items()}
    return names
