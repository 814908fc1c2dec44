"""People move: to another door, another community; and somebody registered in two is one person again."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengchao.areas.queries import names
from fengchao.base.asked import id_of
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.base.places import community_of
from fengchao.web.notices import done
from fengchao.web.pages import Request, page
from fengchao.web.place import here

from .. import actions
from ..finding import search
from ..models import Basis, Dwelling
from ..queries import in_two_places
from .person import _person


@page(P.EDIT_REGISTER)
def move(request: Request, person: UUID) -> HttpResponse:
    """A door is looked for in everything the actor sees, then chosen."""
    row = _person(person)
    if request.method == "POST":
        door = _door(request.POST.get("door", ""))
        basis = request.POST.get("basis", "")
        actions.move_person(by=request.actor, person=row.id, to=door,
                            basis=basis if basis in Basis.values else Basis.UNKNOWN)
        done(request, _("已搬到 %(door)s，原来的住址留在沿革里。") % {"door": f"{door.building}{door.label}"})
        return redirect("person", person=row.id)
    words = request.GET.get("q", "").strip()
    doors = search(words).dwellings if words else []
    return render(request, "people/person_move.html", {
        "person": row, "q": words, "bases": Basis.choices,
        "doors": [(door, names([community_of(door.grid)])[community_of(door.grid)]) for door in doors],
    })


@page(P.EDIT_REGISTER)
def twice(request: Request) -> HttpResponse:
    place = here(request, request.actor)
    groups = in_two_places(place.area)
    called = names({community_of(person.grid) for group in groups for person in group})
    return render(request, "people/twice.html", {
        "place": place,
        "groups": [[(person, called[community_of(person.grid)]) for person in group] for group in groups],
    })


@page(P.EDIT_REGISTER)
@require_POST
def settle(request: Request, person: UUID) -> HttpResponse:
    if not actions.lives_here(by=request.actor, person=person):
        raise Refused("not_found")
    done(request, _("已合并为一个人，可以在他的页面上撤销。"))
    return redirect("twice")


def _door(text: str) -> Dwelling:
    row = Dwelling.objects.select_related("building").filter(id=id_of(text)).first()
    if row is None:
        raise Refused("not_found")
    return row
