"""Giving a duty from a cell of the matrix or from a user's page, and ending it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengchao.areas.models import Overlay
from fengchao.areas.queries import label
from fengchao.base.asked import id_of, id_or_none
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.base.places import Area
from fengchao.web.notices import done
from fengchao.web.pages import Request, back, page

from ..actions import end_duty, give_duty, give_overlay_duty
from ..buildings import buildings_of
from ..forms import GiveDuty
from ..models import Duty, User
from ..people_in import choosable, visible_users
from ..roles import ROLES
from ..rules import givable, require_fitting, require_giver
from .overlays import roles_over


@page(P.GIVE_DUTY)
def give(request: Request) -> HttpResponse:
    """?area=&role= name the place and what is given; the role is asked if it is not there. ?overlay= instead of
    ?area=: for all of its parts."""
    if request.GET.get("overlay"):
        return _for_overlay(request)
    area = _area(request.GET.get("area", ""))
    roles = [role for role in givable(request.actor, area) if _fits(role, area)]
    if not roles:
        raise Refused("not_found")
    role = next((role for role in roles if role.code == request.GET.get("role")), None)
    buildings = buildings_of(area.lo) if role and role.one_building else None
    form = GiveDuty(request.POST or None, buildings=buildings)
    if request.method == "POST" and role and form.is_valid():
        return _give(request, role.code, area, form)
    chosen = visible_users(request.actor).filter(id=id_or_none(request.GET.get("user"))).first()
    return render(request, "accounts/give.html", {
        "form": form, "role": role, "roles": roles, "area": area.code, "area_name": label(area.code or area.lo),
        "chosen": chosen, "next": request.GET.get("next", ""), "people": [chosen] if chosen else [],
        "asked": f"area={area.code}",
    })


def _for_overlay(request: Request) -> HttpResponse:
    overlay = Overlay.objects.filter(id=id_of(request.GET["overlay"])).first()
    roles = roles_over(request.actor, overlay) if overlay else []
    if overlay is None or not roles:
        raise Refused("not_found")
    role = next((role for role in roles if role.code == request.GET.get("role")), None)
    form = GiveDuty(request.POST or None)
    if request.method == "POST" and role and form.is_valid():
        user = User.objects.filter(id=form.cleaned_data["user"]).first()
        if user is None:
            raise Refused("not_found")
        give_overlay_duty(by=request.actor, user=user, role=role.code, overlay=overlay,
                          until=form.cleaned_data["until"])
        words = {"name": user.name, "role": role.name, "place": overlay.name}
        done(request, _("%(name)s 现在是 %(place)s 的%(role)s。") % words)
        return redirect(back(request, reverse("overlays")))
    return render(request, "accounts/give.html", {
        "form": form, "role": role, "roles": roles, "area_name": overlay.name, "asked": f"overlay={overlay.id}",
        "next": request.GET.get("next", ""), "people": [],
    })


def _give(request: Request, role: str, area: Area, form: GiveDuty) -> HttpResponse:
    asked = form.cleaned_data
    user = User.objects.filter(id=asked["user"]).first()
    if user is None:
        raise Refused("not_found")
    give_duty(by=request.actor, user=user, role=role, area=area, since=asked["since"], until=asked["until"],
              building=asked.get("building"))
    words = {"name": user.name, "role": ROLES[role].name, "place": label(area.code or area.lo)}
    done(request, _("%(name)s 现在是 %(place)s 的%(role)s。") % words)
    return redirect(back(request, reverse("matrix")))


def _fits(role: object, area: Area) -> bool:
    try:
        require_fitting(role, area, building=role.one_building or None)
    except Refused:
        return False
    return True


def _area(code: str) -> Area:
    try:
        return Area.of(code)
    except ValueError as error:
        raise Refused("not_found") from error


@page(P.GIVE_DUTY)
def choose(request: Request) -> HttpResponse:
    """Who could take it: the answer to what is typed in the search field."""
    text = request.GET.get("q", "")
    return render(request, "accounts/parts/choose.html", {"people": choosable(request.actor, text), "q": text})


@page(P.GIVE_DUTY)
@require_POST
def end(request: Request, id: UUID) -> HttpResponse:
    duty = Duty.objects.select_related("user").filter(id=id).first()
    if duty is None:
        raise Refused("not_found")
    try:
        require_giver(request.actor, ROLES[duty.role], duty.area)
    except Refused as refused:
        raise Refused("not_found") from refused  # somebody else's: not even that it exists
    end_duty(by=request.actor, duty=duty)
    done(request, _("%(name)s 的这项职责已经结束，手机和电脑上的权限同时收回。") % {"name": duty.user.name})
    return redirect(back(request, reverse("matrix")))
