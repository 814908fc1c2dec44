"""Premises: shops, enterprises, hotels, schools, sites. Listed, brought in from a workbook, added by hand."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengchao.base.errors import Refused
from fengchao.base.lists import Filter, Listing, Order
from fengchao.base.permissions import Permission as P
from fengchao.web.notices import done
from fengchao.web.pages import Request, page
from fengchao.web.place import here, path_to

from .. import actions, queries
from ..forms import PremisesForm
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


def _filters() -> list[Filter]:
    def called(rows: Any, words: str) -> Any:
        return rows.filter(name__icontains=words)

    return [
        Filter("kind", _("类型"), lambda rows, value: rows.filter(kind=value), Premises.Kind.choices),
        Filter("called", _("名称"), called),
    ]
