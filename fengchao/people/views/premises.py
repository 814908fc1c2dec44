"""Premises: shops, enterprises, hotels, schools, sites. Listed, brought in from a workbook, added, changed, closed."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from fengchao.accounts.queries import names_of
from fengchao.base import clock
from fengchao.base.errors import Refused
from fengchao.base.lists import Filter, Listing, Order
from fengchao.base.permissions import Permission as P
from fengchao.web.notices import done
from fengchao.web.pages import Request, page
from fengchao.web.place import here, path_to

from .. import actions, queries
from ..forms import PremisesChange, PremisesForm
from ..importing.models import PREMISES, ImportRun
from ..models import Premises

ORDERS = (
    Order("place", gettext_lazy("按地点"), ("grid", "walk", "id")),
    Order("name", gettext_lazy("按名称"), ("name", "id")),
)
SHOWN = 10


@page(P.SEE_PEOPLE)
def premises(request: Request) -> HttpResponse:
    place = here(request, request.actor)
    listing = Listing(request.GET, ORDERS, _filters())
    actor, community = request.actor, place.level == "community"
    runs = ImportRun.objects.filter(grid__gte=place.area.lo, grid__lt=place.area.hi, target=PREMISES)
    return render(request, "people/premises.html", {
        "place": place, "path": path_to(place, actor), "listing": listing,
        "page": listing.page(queries.premises_in(place.area)),
        "may_edit": actor.may(P.EDIT_REGISTER, place.area) and place.level in ("community", "grid"),
        "may_import": actor.may(P.IMPORT, place.area) and community,
        "may_export": actor.may(P.EXPORT, place.area),
        "runs": runs.exclude(state=ImportRun.State.DROPPED).order_by("-at")[:SHOWN] if community else [],
    })


@page(P.EDIT_REGISTER)
def add(request: Request) -> HttpResponse:
    place = here(request, request.actor)
    if place.level not in ("community", "grid"):
        raise Refused("premises_where")
    form = PremisesForm(request.POST or None, area=place.area)
    if request.method == "POST" and form.is_valid():
        made = actions.add_premises(by=request.actor, **form.fields_of())
        done(request, _("已登记“%(name)s”。") % {"name": made.name})
        return redirect(f"{reverse('premises')}?area={place.code}")
    return render(request, "people/premises_add.html", {"place": place, "form": form},
                  status=422 if form.errors else 200)  # fmt: skip


@page(P.SEE_PEOPLE)
def one(request: Request, premises: UUID) -> HttpResponse:
    row = _one(premises)
    deeds = queries.deeds_about(row)
    return render(request, "people/premises_one.html", {
        "one": row, "deeds": deeds, "names": names_of(deed.actor for deed in deeds), "today": clock.today(),
        "may_edit": request.actor.may(P.EDIT_REGISTER, row.grid),
    })


@page(P.EDIT_REGISTER)
def edit(request: Request, premises: UUID) -> HttpResponse:
    row = _one(premises)
    form = PremisesChange(request.POST or None, one=row)
    if request.method == "POST" and form.is_valid():
        if changes := form.changes():
            actions.change_premises(by=request.actor, premises=row.id, **changes)
        done(request, _("已保存。"))
        return redirect("premises_one", premises=row.id)
    return render(request, "people/premises_edit.html", {"one": row, "form": form}, status=422 if form.errors else 200)


@page(P.EDIT_REGISTER)
@require_POST
def close(request: Request, premises: UUID) -> HttpResponse:
    row = actions.close_premises(by=request.actor, premises=premises, day=clock.day_of(request.POST.get("day", "")))
    done(request, _("“%(name)s”已停业，没做完的走访不再计入。") % {"name": row.name},
         undo=reverse("premises_reopen", args=[row.id]))
    return redirect("premises_one", premises=row.id)


@page(P.EDIT_REGISTER)
@require_POST
def reopen(request: Request, premises: UUID) -> HttpResponse:
    row = actions.reopen_premises(by=request.actor, premises=premises)
    done(request, _("“%(name)s”已恢复营业，没做完的走访重新计入。") % {"name": row.name})
    return redirect("premises_one", premises=row.id)


def _one(id_: UUID) -> Premises:
    row = Premises.objects.select_related("building").filter(id=id_).first()
    if row is None:
        raise Refused("not_found")
    return row


def _filters() -> list[Filter]:
    def called(rows: Any, words: str) -> Any:
        return rows.filter(name__icontains=words)

    return [
        Filter("kind", _("类型"), lambda rows, value: rows.filter(kind=value), Premises.Kind.choices),
        Filter("called", _("名称"), called),
        Filter("state", _("营业"), lambda rows, value: rows.filter(closed__isnull=value == "open"),
               [("open", _("在营业")), ("closed", _("已停业"))], default="open"),
    ]
