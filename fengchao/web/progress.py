"""How far a long action is, for whoever began it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fengchao.base.errors import CATALOGUE, Refused
from fengchao.base.models import Progress


@login_required
def progress(request: HttpRequest, id: UUID) -> HttpResponse:
    """The part of the page that asks for itself again until the work is finished."""
    row = Progress.objects.filter(id=id, owner=request.user.pk).first()
    if row is None:
        raise Refused("not_found")
    problem = _problem(row)
    response = render(request, "web/parts/progress.html", {
        "job": row,
        "href": f"{reverse('progress', args=[row.id])}?watching=yes",
        "percent": min(100, 100 * row.done // row.total) if row.total else 0,
        "problem": problem,
    })
    if row.finished and not problem and "watching" in request.GET:  # on the first look it would go round for ever
        response["HX-Refresh"] = "true"
    return response


def _problem(row: Progress) -> str:
    """Why it did not happen, in the sentence of the catalogue."""
    if row.state not in (Progress.State.REFUSED, Progress.State.FAILED):
        return ""
    code = row.message if row.message in CATALOGUE else "job_failed"
    return Refused(code, **(row.result or {})).message if row.message in CATALOGUE else str(CATALOGUE[code].sentence)
