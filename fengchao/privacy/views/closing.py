"""The close-out of a campaign: what it holds, who approves, that it is gone."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengchao.base.errors import Refused
from fengchao.base.jobs import defer
from fengchao.base.models import Progress
from fengchao.base.permissions import Permission as P
from fengchao.web.notices import done
from fengchao.web.pages import Request, page
from fengchao.work.views.common import place_of

from .. import actions
from ..jobs import erase as erase_job
from ..queries import Closing, closing, closings


@page(P.CLOSE_OUT)
def close_outs(request: Request) -> HttpResponse:
    return render(request, "privacy/close_outs.html", {"closings": closings()})


@page(P.CLOSE_OUT)
def close_out(request: Request, campaign: UUID) -> HttpResponse:
    row = _closing(campaign)
    may = request.actor.may(P.CLOSE_OUT, row.campaign.area)
    mine = row.inventory is not None and row.inventory.by == request.actor.id
    asked = request.session.get(f"progress:erase:{campaign}")
    progress = Progress.objects.filter(id=UUID(asked), owner=request.actor.id).first() if asked else None
    return render(request, "privacy/close_out.html", {"closing": row, "may": may, "mine": mine, "progress": progress})


@page(P.CLOSE_OUT)
@require_POST
def count(request: Request, campaign: UUID) -> HttpResponse:
    actions.take_inventory(by=request.actor, campaign=campaign)
    done(request, _("已清点。请另一位有权限的人批准。"))
    return redirect("close_out", campaign=campaign)


@page(P.CLOSE_OUT)
@require_POST
def approve(request: Request, campaign: UUID) -> HttpResponse:
    actions.approve(by=request.actor, campaign=campaign)
    done(request, _("已批准。到期以后可以删除。"))
    return redirect("close_out", campaign=campaign)


@page(P.CLOSE_OUT)
@require_POST
def erase(request: Request, campaign: UUID) -> HttpResponse:
    """Begun here and done by a worker: a large campaign takes longer than a browser waits."""
    row = _closing(campaign)
    request.actor.require(P.CLOSE_OUT, row.campaign.area)
    if row.obstacle:
        raise Refused(row.obstacle, day=row.campaign.expires.isoformat())
    progress = defer(erase_job, by=request.actor, grid=row.campaign.lo, campaign=str(campaign))
    request.session[f"progress:erase:{campaign}"] = str(progress.id)
    return redirect("close_out", campaign=campaign)


@page(P.CLOSE_OUT)
def certificate(request: Request, campaign: UUID) -> HttpResponse:
    row = _closing(campaign)
    if row.certificate is None:
        raise Refused("not_found")
    place = place_of(row.campaign)
    return render(request, "privacy/certificate.html", {
        "closing": row, "place": place.name if place else "", "hash": bytes(row.certificate.hash).hex()})


def _closing(campaign: UUID) -> Closing:
    row = closing(campaign)
    if row is None:
        raise Refused("not_found")
    return row
