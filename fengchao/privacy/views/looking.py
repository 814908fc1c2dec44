"""A number shown in full, and the page that tells a person who has looked."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from fengchao import packs
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.people.models import Person
from fengchao.web.pages import Request, page

from .. import actions
from ..queries import looks_at


@page(P.REVEAL)
@require_POST
def reveal(request: Request, person: UUID, what: str) -> HttpResponse:
    """The value once, as text; nothing may keep a copy of the answer."""
    value = actions.reveal(by=request.actor, person=person, what=what, purpose=request.POST.get("purpose", ""),
                           note=request.POST.get("note", ""))
    response = render(request, "privacy/revealed.html", {"value": value})
    response["Cache-Control"] = "no-store"
    return response


@page(P.SEE_PEOPLE)
def access(request: Request, person: UUID) -> HttpResponse:
    """To be printed and shown to the person concerned."""
    row = Person.objects.filter(id=person).select_related("dwelling", "building").first()
    if row is None:
        raise Refused("not_found")
    purposes = packs.base_pack().purposes
    looks = [{"look": look, "purpose": purposes.get(look.purpose, look.purpose)} for look in looks_at(person)[:500]]
    return render(request, "privacy/access.html", {"person": row, "looks": looks})
