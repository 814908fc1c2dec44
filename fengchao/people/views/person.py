"""One person, one row: what is known, since when and from where, who looked, and what was merged."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengchao.accounts.queries import names_of
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.web.notices import done
from fengchao.web.pages import Request, back, page

from .. import actions
from ..forms import MergeForm, PersonForm
from ..freshness import facts_of
from ..models import CareTag, Merge, Person
from ..queries import deeds_about, duplicates_of


@page(P.SEE_PEOPLE)
def person(request: Request, person: UUID) -> HttpResponse:
    row = _person(person)
    if row.merged_into_id and Person.objects.filter(id=row.merged_into_id).exists():
        return redirect("person", person=row.merged_into_id)
    deeds = deeds_about(row)
    return render(request, "people/person.html", {
        "person": row,
        "tags": CareTag.objects.filter(person=row, until__isnull=True),
        "residences": row.residences.select_related("dwelling", "building").order_by("-since"),
        "merges": Merge.objects.filter(kept=row, undone__isnull=True).order_by("-at"),
        "duplicates": duplicates_of(row),
        "deeds": deeds,
        "facts": facts_of(row),
        "names": names_of(deed.actor for deed in deeds),
        "may_edit": request.actor.may(P.EDIT_REGISTER, row.grid) and not row.merged_into_id,
    })


@page(P.EDIT_REGISTER)
def edit(request: Request, person: UUID) -> HttpResponse:
    row = _person(person)
    form = PersonForm(request.POST or None, initial=PersonForm.initial_of(row))
    if request.method == "POST" and form.is_valid():
        actions.update_person(by=request.actor, person=row.id, **form.changes())
        done(request, _("已保存。"))
        return redirect("person", person=row.id)
    return render(request, "people/person_edit.html", {"person": row, "form": form})


@page(P.EDIT_REGISTER)
@require_POST
def merge(request: Request, person: UUID) -> HttpResponse:
    form = MergeForm(request.POST)
    if not form.is_valid():
        raise Refused("bad_request")
    row = actions.merge_people(by=request.actor, keep=person, gone=form.cleaned_data["gone"])
    done(request, _("已合并为一个人。"), undo=reverse("person_unmerge", args=[row.id]))
    return redirect("person", person=person)


@page(P.EDIT_REGISTER)
@require_POST
def unmerge(request: Request, merge: UUID) -> HttpResponse:
    actions.undo_merge(by=request.actor, merge=merge)
    done(request, _("已撤销合并，两条记录都恢复了。"))
    return redirect(back(request, reverse("register")))


def _person(id_: UUID) -> Person:
    row = Person.objects.select_related("dwelling", "building", "household").filter(id=id_).first()
    if row is None:
        raise Refused("not_found")
    return row
