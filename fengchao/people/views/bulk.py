"""What the office does with several people of the register at once."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengchao.base.asked import ids_of
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.packs import tags
from fengchao.web.notices import done
from fengchao.web.pages import Request, back, page

from .. import actions
from ..models import Presence

MOST = 200


@page(P.EDIT_REGISTER)
@require_POST
def bulk(request: Request) -> HttpResponse:
    """Confirmed today, another presence, or a reason to look after them: for everybody ticked."""
    people, deed, value = _ticked(request), *request.POST.get("deed", "").partition(":")[::2]
    if deed == "presence" and value in Presence.values:
        for person in people:
            actions.set_presence(by=request.actor, person=person, presence=value)
    elif deed == "tag" and value in tags():
        for person in people:
            actions.add_tag(by=request.actor, person=person, code=value, source=_("名册"))
    elif deed == "confirm":
        for person in people:
            actions.update_person(by=request.actor, person=person)
    else:
        raise Refused("bad_request")
    done(request, _("已处理 %(n)s 人。") % {"n": len(people)})
    return redirect(back(request, reverse("register")))


def _ticked(request: Request) -> list[UUID]:
    people = ids_of(request.POST.getlist("person"))
    if not people or len(people) > MOST:
        raise Refused("tick_people", limit=MOST)
    return people
