"""Opening an emergency access, ending it; and for whoever answers for the place: what was looked at, and why."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import F, Sum
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengchao import packs
from fengchao.areas.finding import find
from fengchao.areas.models import Overlay
from fengchao.areas.overlays import overlay_with_id
from fengchao.areas.queries import in_force, names
from fengchao.base.errors import Refused
from fengchao.base.places import Area, community_of
from fengchao.web.notices import done
from fengchao.web.pages import Request

from . import actions
from .forms import Begin, Review
from .models import EmergencyAccess
from .page import mark
from .queries import answered_for, answers, live_of, looks, may_be_told, openings, own, reason_words, visible
from .showing import look_words, told_words

COMMUNITY_OR_GRID = (5, 6)
SHOWN = 20  # places found; no more than half of them overlays, many of which bear the name of their community


@login_required
def emergency(request: Request) -> HttpResponse:
    """What it is, and the form that opens one; or the one that is open."""
    if not request.actor.grants:
        raise Refused("no_duty")
    form = Begin(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = actions.begin(by=request.actor, where=_where(request.POST.get("area", "")), **form.cleaned_data)
        mark(request)
        done(request, _("紧急查看已经开始，已通知 %(names)s。") % {"names": told_words(opened)})
        return redirect(f"{reverse('register')}?area={opened.code}")
    return render(request, "accounts/emergency/begin.html", {
        "form": form, "live": next(iter(live_of(request.actor)), None), "pack": packs.base_pack(),
        "mine": _rows(openings(own(request.actor))[:10]), "chosen": request.POST.get("area", "")})


def _where(code: str) -> Area | Overlay:
    overlay = overlay_with_id(code)
    try:
        return overlay or Area.of(code)
    except ValueError as error:
        raise Refused("emergency_place") from error


@login_required
def places(request: Request) -> HttpResponse:
    """Communities, grids and overlays of the whole country by name: their names are no secret, what is in them is."""
    words = request.GET.get("place_words", "").strip()
    found: list[Any] = []
    if words and request.actor.grants:
        found = [*_overlays(words), *(f for f in find(words) if f.level in COMMUNITY_OR_GRID)]
    return render(request, "areas/parts/picked.html", {"found": found[:SHOWN], "field": "area", "words": words})


def _overlays(words: str) -> list[dict[str, Any]]:
    """Those that may be opened whole, with the communities they lie in."""
    grids = Sum(F("parts__hi") - F("parts__lo"))
    rows = Overlay.objects.filter(in_force(), name__contains=words).alias(grids=grids).order_by("name", "id")
    narrow = rows.filter(grids__lte=actions.WIDEST).prefetch_related("parts")[: SHOWN // 2]
    inside = {row.id: [community_of(part.lo) for part in actions.by_community(row.ground)] for row in narrow}
    called = names(code for codes in inside.values() for code in codes)
    return [{"code": row.id, "name": row.name,
             "where": " ".join([row.get_kind_display(), *(called[code] for code in inside[row.id])])} for row in narrow]


@login_required
def one(request: Request, id: UUID) -> HttpResponse:
    """Who, when, why, and every page that was opened: for those who answer for the place, and for the holder."""
    access = visible(request.actor, id)
    mine = answers(request.actor, access)
    may_review = mine and access.by != request.actor.id
    form = Review(request.POST or None) if may_review and access.reviewed is None else None
    if request.method == "POST":
        if form is None:
            raise Refused("emergency_reviewed" if access.reviewed else "second_person")
        if form.is_valid():
            actions.review(by=request.actor, access=access, **form.cleaned_data)
            done(request, _("已复核，%(name)s 也看得到。") % {"name": access.by_name})
            return redirect("emergencies")
    seen = looks(access)  # in the scope of those who answer for the place, not of the holder
    return render(request, "accounts/emergency/one.html", {
        "access": access, "reason": reason_words(access), "place": access.place,
        "looks": [look_words(entry) for entry in seen[:500]], "count": seen.count(), "form": form,
        "answers": mine,
        "may_end": access.live and (may_review or access.by == request.actor.id)})


@login_required
@require_POST
def end(request: Request, id: UUID) -> HttpResponse:
    access = visible(request.actor, id)
    actions.end(by=request.actor, access=access)
    done(request, _("紧急查看已经结束。"))
    return redirect("emergency" if access.by == request.actor.id else reverse("emergency_one", args=[id]))


@login_required
def emergencies(request: Request) -> HttpResponse:
    """What was opened where I answer: what waits for a judgement first."""
    if not may_be_told(request.actor):
        raise Refused("not_allowed")
    rows = answered_for(request.actor)
    return render(request, "accounts/emergency/list.html", {
        "waiting": _rows(openings(rows.filter(reviewed__isnull=True))[:100]),
        "reviewed": _rows(openings(rows.filter(reviewed__isnull=False))[:100])})


def _rows(accesses: Any) -> list[tuple[EmergencyAccess, str, str]]:
    return [(row, row.place, reason_words(row)) for row in accesses]
