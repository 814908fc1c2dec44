"""What the register and the other sources do not agree about, in three lists, and how many people there may be."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from fengchao.base.asked import ids_of
from fengchao.base.errors import Refused
from fengchao.base.lists import Filter, Listing, Order
from fengchao.base.permissions import Permission as P
from fengchao.base.places import Area
from fengchao.packs import kinds
from fengchao.web.notices import done
from fengchao.web.pages import Request, back, page
from fengchao.web.place import Place, here, named, path_to

from .. import actions, queries

DAYS = (30, 90, 180)
WIDEST = Area.of(350181005).grids  # of a street, as of any: wider, three lists of everybody help nobody
KINDS = {"strangers": "unregistered_check", "unseen": "unseen_check", "two": "two_places_check"}
TITLES = {"strangers": gettext_lazy("看见未登记"), "unseen": gettext_lazy("登记未见"),
          "two": gettext_lazy("一人两处"), "dismissed": gettext_lazy("不住这里")}
MOST = 200


@page(P.SEE_PEOPLE)
def seen(request: Request) -> HttpResponse:
    place = here(request, request.actor)
    sized = place.area.grids <= WIDEST
    context: dict[str, Any] = {"place": place, "path": path_to(place, request.actor), "sized": sized}
    if not sized:
        return render(request, "sightings/page.html", context)
    shown = request.GET.get("list", "strangers")
    shown = shown if shown in TITLES else "strangers"
    listing = Listing(request.GET, ORDERS, _filters(place, shown))
    lists = {name: _rows(name, place, listing) for name in TITLES}
    found = listing.page(lists[shown])
    estimates = [one for one in queries.estimates_in(place.area) if place.area.covers(Area.of(one.grid // 1000))]
    return render(request, "sightings/page.html", context | {
        "shown": shown, "listing": listing, "page": found, "title": TITLES[shown],
        "tabs": [(name, TITLES[name], rows.count()) for name, rows in lists.items()],
        "sources": list(queries.sources_in(place.area)),
        "estimates": list(zip(named(e.grid // 1000 for e in estimates), estimates, strict=True)),
        "kind": kinds().get(KINDS.get(shown, "")),
        "hand_out": _handed_out(place, shown, listing),
        "may_import": request.actor.may(P.IMPORT, place.area) and place.level == "community",
        "may_declare": request.actor.may(P.DECLARE, place.area),
        "may_edit": request.actor.may(P.EDIT_REGISTER, place.area),
    } | _beside(shown, found.rows))


ORDERS = (Order("place", gettext_lazy("按住处"), ("grid", "id")), Order("name", gettext_lazy("按姓名"), ("name", "id")))


def _rows(name: str, place: Place, listing: Listing) -> QuerySet:
    if name == "strangers":
        return queries.strangers_in(place.area)
    if name == "dismissed":
        return queries.dismissed_in(place.area)
    if name == "two":
        return queries.two_places_in(place.area)
    return queries.unseen_in(place.area, int(listing.values.get("days") or DAYS[1]))


def _filters(place: Place, shown: str) -> list[Filter]:
    if shown == "unseen":
        choices = [(str(d), _("%(days)s 天") % {"days": d}) for d in DAYS]
        return [Filter("days", _("多久没有见到"), lambda rows, value: rows, choices, default=str(DAYS[1]))]
    if shown == "strangers":
        sources = [(str(s.id), s.name) for s in queries.sources_in(place.area)]
        doors = [("known", _("住处清楚")), ("unknown", _("住处不明"))]
        return [
            Filter("source", _("来源"), lambda rows, value: rows.filter(source=value), sources),
            Filter("door", _("住处"), lambda rows, value: rows.filter(dwelling__isnull=value == "unknown"), doors),
        ]
    return []


def _handed_out(place: Place, shown: str, listing: Listing) -> str:
    """The address at which all of this list becomes a campaign; none for a list whose filters no campaign knows."""
    if shown not in KINDS or listing.asked and shown != "strangers":
        return ""
    narrowed = {"sources": listing.values.get("source"), "door": listing.values.get("door")}
    said = {"area": place.code, "kind": KINDS[shown]} | {name: value for name, value in narrowed.items() if value}
    return f"{reverse('declare')}?{urlencode(said)}"


def _beside(shown: str, rows: list[Any]) -> dict[str, Any]:
    """What helps to judge the rows of one page."""
    if shown == "strangers":
        return {"hints": queries.hints(rows)}
    if shown == "two":
        return {"elsewhere": queries.elsewhere(rows)}
    return {"last_seen": queries.last_seen(row.id for row in rows)} if shown == "unseen" else {}


@page(P.EDIT_REGISTER)
@require_POST
def dismiss(request: Request) -> HttpResponse:
    """For everybody ticked: nobody who lives here."""
    ticked = ids_of(request.POST.getlist("sighting"))
    if not ticked or len(ticked) > MOST:
        raise Refused("tick_people", limit=MOST)
    n = actions.dismiss(by=request.actor, sightings=ticked)
    done(request, _("已标记 %(n)s 人不住这里。") % {"n": n})
    return redirect(back(request, reverse("sightings")))


@page(P.EDIT_REGISTER)
@require_POST
def reopen(request: Request, sighting: UUID) -> HttpResponse:
    actions.reopen(by=request.actor, sightings=[sighting])
    done(request, _("已放回“看见未登记”。"))
    return redirect(back(request, reverse("sightings")))
