"""Campaigns: which there are, declaring one, watching its tasks being made, ending it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengchao.base.errors import Refused
from fengchao.base.jobs import defer
from fengchao.base.permissions import Permission as P
from fengchao.packs import KindRules
from fengchao.sightings.queries import sources_in
from fengchao.web.notices import done
from fengchao.web.pages import Request, page
from fengchao.web.place import Place, here, sees

from .. import actions, coverage
from ..campaign_forms import DeclareForm, conditions_of
from ..forms.preview import shown
from ..jobs import create_tasks
from ..kinds import all_kinds, kind
from ..models import Campaign
from ..queries import buildings_in, campaigns_in, subjects_by_place
from ..showing import parts
from .common import place_of

LISTED = 100


@page(P.SEE_COVERAGE)
def campaigns(request: Request) -> HttpResponse:
    place = here(request, request.actor)
    rows = list(campaigns_in(place.area)[:LISTED])
    figures = [(row, coverage.of(row, place.area)) for row in rows]
    return render(request, "work/campaigns.html", {
        "place": place,
        "lines": [{"campaign": row, "figures": f, "parts": parts(row, f)} for row, f in figures],
        "may_declare": request.actor.may(P.DECLARE, place.area),
    })


@page(P.DECLARE)
def declare(request: Request) -> HttpResponse:
    """First what is to be done, then purpose, basis and end, then a look at what will come of it; then it is done."""
    place = here(request, request.actor)
    request.actor.require(P.DECLARE, place.area)
    code = request.GET.get("kind")
    if not code:
        return render(request, "work/declare_kind.html", {"place": place, "kinds": [k.rules for k in all_kinds()]})
    form = _form(request, place, kind(code).rules)
    if request.method != "POST" or not form.is_valid() or "again" in request.POST:
        return render(request, "work/declare.html", {"place": place, "form": form}, status=422 if form.errors else 200)
    said = form.declaration()
    if not request.POST.get("sure"):
        placed, unplaced = subjects_by_place(said["subject"], said["where"], place.area)
        return render(request, "work/declare_sure.html", {
            "place": place, "form": form, "said": said, "targets": placed + unplaced, "unplaced": unplaced,
            "questions": list(shown(said["form"].fields)) if said["form"] else [],
        })
    campaign = actions.declare(by=request.actor, area=place.area, overlay=place.overlay, **said)
    progress = defer(create_tasks, by=request.actor, grid=place.area.lo, campaign=str(campaign.id))
    request.session[f"progress:{campaign.id}"] = str(progress.id)
    return redirect("campaign", campaign=campaign.id)


def _form(request: Request, place: Place, rules: KindRules) -> DeclareForm:
    """With what narrowed the list that led here."""
    seen = rules.subject == Campaign.Subject.SIGHTING
    return DeclareForm(
        request.POST or None, rules, buildings=buildings_in(place.area) if place.narrow and not seen else [],
        sources=list(sources_in(place.area)) if seen else [],
        offered={"sources": request.GET.getlist("sources"), "door": request.GET.get("door")},
    )


@page(P.SEE_COVERAGE)
def campaign(request: Request, campaign: UUID) -> HttpResponse:
    row = _campaign(request, campaign)
    area = here(request, request.actor).area
    figures = coverage.of(row, area)
    return render(request, "work/campaign.html", {
        "campaign": row,
        "kind": kind(row.kind).rules,
        "where": place_of(row),
        "conditions": list(conditions_of(row)),
        "figures": figures,
        "parts": parts(row, figures),
        "progress": request.session.get(f"progress:{row.id}") if row.state == Campaign.State.PREPARING else None,
        "may_close": request.actor.may(P.DECLARE, row.area) and row.state == Campaign.State.RUNNING,
        "may_export": bool(row.form_id) and request.actor.may(P.EXPORT, row.area),
        "may_close_out": row.state == Campaign.State.CLOSED and request.actor.may(P.CLOSE_OUT, row.area),
    })


@page(P.DECLARE)
@require_POST
def close(request: Request, campaign: UUID) -> HttpResponse:
    actions.close(by=request.actor, campaign=_campaign(request, campaign).id)
    done(request, _("走访已结束，不再接收新的记录；数字保留，个人资料到期删除。"))
    return redirect("campaign", campaign=campaign)


def _campaign(request: Request, id_: UUID) -> Campaign:
    """One that has to do with a place of the actor; others do not exist for them."""
    row = Campaign.objects.select_related("form").filter(id=id_).first()
    if row is None or not sees(request.actor, row.area):
        raise Refused("not_found")
    return row


