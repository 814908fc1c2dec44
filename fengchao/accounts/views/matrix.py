"""The duties matrix: a street or community grid by grid, wider places counted place by place."""

from itertools import chain

from django.http import HttpResponse
from django.shortcuts import render

from fengchao.base.permissions import Permission as P
from fengchao.web.pages import Request, page
from fengchao.web.place import here, path_to

from .. import matrix as queries
from ..rules import givable

GRID_BY_GRID = {"street", "community", "grid", "overlay"}


@page(P.SEE_PLACES)
def matrix(request: Request) -> HttpResponse:
    place = here(request, request.actor)
    shown = {"place": place, "path": path_to(place, request.actor), "above": queries.above(place.area),
             "givable": {role.code for role in givable(request.actor, place.area)}}
    if place.level not in GRID_BY_GRID:
        lines = queries.lines(place.area)
        totals = {"grids": sum(line.grids for line in lines), "unanswered": sum(line.unanswered for line in lines)}
        return render(request, "accounts/matrix_lines.html", shown | {"lines": lines} | totals)
    communities = queries.communities(place.area)
    rows = list(chain.from_iterable(community.rows for community in communities))
    show = request.GET.get("show", "")
    shown |= {"grids": len(rows), "unanswered": sum(row.unanswered for row in rows), "columns": queries.COLUMNS,
              "without": _without(rows), "show": show}
    return render(request, "accounts/matrix.html", shown | {"communities": _chosen(communities, show)})


def _without(rows: list[queries.Row]) -> list[tuple[str, str, int]]:
    """Role by role, how many grids lack it."""
    return [(role.code, role.name, sum(not row.cells.get(role.code) for row in rows)) for role in queries.COLUMNS]


def _chosen(communities: list[queries.Community], show: str) -> list[queries.Community]:
    """All of them; those nobody answers for; or those without a role."""
    if not show:
        return communities
    keep = (lambda row: row.unanswered) if show == "nobody" else (lambda row: not row.cells.get(show))
    chosen = [queries.Community(c.code, c.name, [row for row in c.rows if keep(row)], c.duties) for c in communities]
    return [community for community in chosen if community.rows]
