"""Places the tree lacks: drawn from codes, given as duties, changed and ended."""

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengchao.areas.actions import add_overlay, change_overlay, correct_overlay, end_overlay
from fengchao.areas.models import Overlay
from fengchao.areas.queries import names
from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.asked import id_of
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.base.places import Area
from fengchao.base.places import codes as codes_of
from fengchao.web.notices import done
from fengchao.web.pages import Request, page
from fengchao.web.place import here

from ..actions import end_overlay_duty
from ..histories import histories
from ..models import Duty, User
from ..roles import ROLES
from ..rules import givable


@page(P.MANAGE_AREAS)
def overlays(request: Request) -> HttpResponse:
    """Those whose every part is the actor's, in force or to come, with who holds them."""
    place = here(request, request.actor)
    today = clock.today()
    alive = Overlay.objects.filter(Q(until=None) | Q(until__gte=today)).prefetch_related("parts")
    rows = [row for row in alive.order_by("kind", "name") if yours(request.actor, row) and row.ground.meets(place.area)]
    called = names(code for row in rows for code in codes(row))
    held: dict[UUID | None, dict[tuple[UUID, str], Duty]] = defaultdict(dict)
    for duty in Duty.objects.filter(overlay__in=[row.id for row in rows], ended=None).select_related("user"):
        held[duty.overlay][duty.user_id, duty.role] = duty
    past = histories(rows)
    return render(request, "accounts/overlays.html", {
        "place": place, "kinds": Overlay.Kind.choices, "today": today,
        "rows": [(row, [(code, called[code]) for code in codes(row)], list(held[row.id].values()), past[row.id])
                 for row in rows],
    })


@page(P.MANAGE_AREAS)
@require_POST
def add(request: Request) -> HttpResponse:
    made = add_overlay(by=request.actor, name=request.POST.get("name", ""), kind=request.POST.get("kind", ""),
                       areas=written(request.POST.get("codes", "")), since=_day(request.POST.get("since", "")),
                       until=_day(request.POST.get("until", "")))
    done(request, _("已新增“%(name)s”。") % {"name": made.name})
    return redirect("overlays")


@page(P.MANAGE_AREAS)
@require_POST
def change(request: Request, id: UUID, deed: str) -> HttpResponse:
    row = Overlay.objects.filter(id=id).first()
    if row is None or deed not in DEEDS or not yours(request.actor, row):
        raise Refused("not_found")
    DEEDS[deed](request, row)
    return redirect("overlays")


def _save(request: Request, row: Overlay) -> None:
    """What it is called and when, and what it consists of: whatever the form says otherwise."""
    correct_overlay(by=request.actor, overlay=row, name=request.POST.get("name", ""),
                    kind=request.POST.get("kind", ""), since=_day(request.POST.get("since", "")) or row.since,
                    until=_day(request.POST.get("until", "")))
    row.refresh_from_db()
    change_overlay(by=request.actor, overlay=row, areas=written(request.POST.get("codes", "")))
    done(request, _("已更新，在这里有职责的人随之调整。"))


def _end(request: Request, row: Overlay) -> None:
    end_overlay(by=request.actor, overlay=row)
    done(request, _("已停用，为它安排的职责同时结束。"))


def _end_duty(request: Request, row: Overlay) -> None:
    user = User.objects.filter(id=id_of(request.POST.get("user")), duties__overlay=row.id).first()
    role = request.POST.get("role", "")
    if user is None or role not in ROLES:
        raise Refused("not_found")
    end_overlay_duty(by=request.actor, user=user, role=role, overlay=row)
    done(request, _("职责已结束。"))


DEEDS: dict[str, Callable[[Request, Overlay], None]] = {"change": _save, "end": _end, "end-duty": _end_duty}


def yours(actor: Actor, row: Overlay) -> bool:
    parts = row.areas
    return bool(parts) and all(actor.may(P.MANAGE_AREAS, area) for area in parts)


def codes(row: Overlay) -> list[int]:
    """What it consists of, as it was written: the code of every part."""
    return [code for area in row.areas for code in codes_of(area)]


def written(text: str) -> list[Area]:
    """Codes of any level, separated by anything. Raises Refused "bad_code"."""
    found = []
    for code in re.findall(r"[^\s,，;；、]+", text[:20_000]):
        try:
            found.append(Area.of(code))
        except ValueError as error:
            raise Refused("bad_code", code=code[:20]) from error
    return found


def _day(text: str) -> date | None:
    return clock.day_of(text) if text else None


def roles_over(actor: Actor, row: Overlay) -> list[Any]:
    """What the actor may give for all of its parts."""
    common = [set(givable(actor, area)) for area in row.areas]
    return [role for role in ROLES.values() if not role.one_building and common and all(role in c for c in common)]
