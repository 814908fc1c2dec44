"""The register: the tree on the left, the table on the right; a household with everybody in it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengchao.base.asked import id_or_none
from fengchao.base.errors import Refused
from fengchao.base.lists import Filter, Listing, Order
from fengchao.base.permissions import Permission as P
from fengchao.base.scope import everywhere
from fengchao.packs import tags
from fengchao.web.pages import Request, page, part, part_only
from fengchao.web.place import below, here, path_to

from .. import queries
from ..finding import Found, search
from ..models import Building, Dwelling, Presence

ORDERS = (
    Order("place", gettext_lazy("按住处"), ("grid", "door", "id")),
    Order("name", gettext_lazy("按姓名"), ("name", "grid", "id")),
)


@page(P.SEE_PEOPLE)
def register(request: Request) -> HttpResponse:
    """People of a place, or whom the words in the search box mean: the whole page, or the rows alone."""
    place = here(request, request.actor)
    words = request.GET.get("q", "").strip()
    listing = Listing(request.GET, ORDERS, _filters())
    building = _building(request)
    rows = {
        "place": place,
        "building": building,
        "words": words,
        "found": _search(words) if words else None,
        "listing": listing,
        "may_edit": request.actor.may(P.EDIT_REGISTER, place.area) and not words,
        "presences": Presence.choices,
        "tags": tags().values(),
        "page": None if words else listing.page(queries.people_in(place.area, building)),
    }
    if part_only(request):
        return part(request, "people/parts/people.html", rows)
    return render(request, "people/register.html", rows | {
        "path": path_to(place, request.actor),
        "below": below(place, request.actor) if place.level != "grid" else [],
        "buildings": queries.buildings_with_people(place.area) if place.level == "grid" else [],
        "figures": queries.presence_in(place.area) if place.narrow else {},
    })


def _search(words: str) -> Found:
    """Wherever the searcher may see: nobody is looked for in one place only."""
    with everywhere():
        return search(words)


@page(P.SEE_PEOPLE)
def household(request: Request, dwelling: UUID) -> HttpResponse:
    """One household, one file: who lives behind this door, who did, and what is remarkable."""
    row = Dwelling.objects.select_related("building").filter(id=dwelling).first()
    if row is None:
        raise Refused("not_found")
    people = list(queries.living().filter(dwelling=row).prefetch_related("tags").order_by("household_id", "id"))
    return render(request, "people/household.html", {
        "dwelling": row,
        "people": people,
        "before": queries.lived_here(row, [p.id for p in people]),
        "may_edit": request.actor.may(P.EDIT_REGISTER, row.grid),
    })


def _building(request: Request) -> Building | None:
    asked = id_or_none(request.GET.get("building"))
    return Building.objects.filter(id=asked).first() if asked else None


def _filters() -> list[Filter]:
    return [
        Filter("presence", _("在住情况"), lambda rows, value: rows.filter(presence=value), Presence.choices),
        Filter("tag", _("关爱与重点"), lambda rows, value: rows.filter(tags__code=value, tags__until__isnull=True),
               [(tag.code, str(tag.words)) for tag in tags().values()]),
        Filter("unconfirmed", _("核实"), lambda rows, value: rows.filter(confirmed__isnull=value == "never"),
               [("never", _("从未核实"))]),
    ]


