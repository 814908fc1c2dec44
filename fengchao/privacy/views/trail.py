"""The audit trail: searched inside one's scope, with the state of its seals."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from fengchao.accounts.queries import names_of
from fengchao.base.lists import Listing
from fengchao.base.models import AuditEntry
from fengchao.base.permissions import Permission as P
from fengchao.web.pages import Request, page

from ..queries import FILTERS, ORDERS, chain
from ..showing import deed_words, detail_words, place_words


@page(P.SEE_AUDIT)
def audit(request: Request) -> HttpResponse:
    listing = Listing(request.GET, orders=ORDERS, filters=FILTERS)
    found = listing.page(AuditEntry.objects.all())
    names = names_of(entry.actor for entry in found.rows)
    rows = [{"entry": entry, "action": deed_words(entry.action), "actor": names.get(entry.actor, ""),
             "href": listing.address(action=entry.action), "detail": detail_words(entry.detail),
             "place": place_words(entry.grid)}
            for entry in found.rows]
    return render(request, "privacy/audit.html", {"listing": listing, "page": found, "rows": rows, "chain": chain()})


@page(P.SEE_AUDIT)
@require_POST
def verify(request: Request) -> HttpResponse:
    """Takes every hash anew; what it finds is shown, nothing is written."""
    return render(request, "privacy/verified.html", {"chain": chain(verified=True)})
