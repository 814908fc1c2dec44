"""The audit trail: searched inside one's scope, with the state of its seals."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fengchao.base.jobs import defer
from fengchao.base.lists import Listing
from fengchao.base.models import AuditEntry, Progress
from fengchao.base.permissions import Permission as P
from fengchao.web.pages import Request, page

from ..jobs import verify as verify_job
from ..queries import FILTERS, ORDERS, chain
from ..showing import lines

VERIFIED = "progress:audit"


@page(P.SEE_AUDIT)
def audit(request: Request) -> HttpResponse:
    listing = Listing(request.GET, orders=ORDERS, filters=FILTERS)
    found = listing.page(AuditEntry.objects.all())
    rows = [(line, listing.address(action=line.entry.action)) for line in lines(found.rows)]
    return render(request, "privacy/audit.html", {"listing": listing, "page": found, "rows": rows,
                                                  "chain": chain(_verified(request))})


@page(P.SEE_AUDIT)
@require_POST
def verify(request: Request) -> HttpResponse:
    """Begins to take every hash anew; what comes of it stands above the trail."""
    request.session[VERIFIED] = str(defer(verify_job, by=request.actor).id)
    return redirect("audit")


def _verified(request: Request) -> Progress | None:
    """The verification that this person began last."""
    asked = request.session.get(VERIFIED)
    return Progress.objects.filter(id=UUID(asked), owner=request.actor.id).first() if asked else None
