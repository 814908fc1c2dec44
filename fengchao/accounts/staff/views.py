"""The page of staff lists: upload, what it would do, confirm, and the slips with one-time passwords."""

from io import BytesIO
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengchao.areas.queries import names
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.base.places import Area
from fengchao.sheets.wording import sentence
from fengchao.sheets.writing import export
from fengchao.web.notices import done
from fengchao.web.pages import Request, page

from ..people_in import areas_of
from ..roles import ROLES
from . import actions, wording  # noqa: F401  (registers the words)
from .columns import columns
from .matching import Person
from .models import StaffList
from .plan import Plan

SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(P.GIVE_DUTY)
def staff(request: Request) -> HttpResponse:
    codes = [area.code for area in areas_of(request.actor) if area.code]
    waiting = StaffList.objects.filter(by=request.actor.id, finished__isnull=True).order_by("-at")[:5]
    return render(request, "accounts/staff/upload.html", {
        "places": list(names(codes).items()), "waiting": waiting, "columns": [c for c in columns() if c.note]})


@page(P.GIVE_DUTY)
@require_POST
def upload(request: Request) -> HttpResponse:
    file, code = request.FILES.get("file"), request.POST.get("area", "")
    if file is None or not code.isdecimal():
        raise Refused("staff_no_file")
    try:
        area = Area.of(code)
    except ValueError as error:
        raise Refused("staff_no_file") from error
    made = actions.receive(by=request.actor, area=area, name=file.name or "", chunks=file.chunks(),
                           whole=request.POST.get("whole") == "yes")
    return redirect("staff_list", made.id)


@page(P.GIVE_DUTY)
def one(request: Request, id: UUID) -> HttpResponse:
    row = _mine(request, id)
    plan = actions.planned(by=request.actor, staff=row)
    return render(request, "accounts/staff/plan.html", {
        "list": row, "plan": plan, "refused": _refused(plan), "titles": {c.identifier: c.title for c in columns()},
        "new": _shown(plan.new), "changed": _shown(plan.changed), "left": plan.left[:SHOWN]})


@page(P.GIVE_DUTY)
@require_POST
def confirm(request: Request, id: UUID) -> HttpResponse:
    """Answers with the only page that ever shows the passwords; no copy is kept, by us or by the browser."""
    row = _mine(request, id)
    opened = actions.confirm(by=request.actor, staff=row, digest=request.POST.get("digest", ""))
    if not opened:
        done(request, _("名单已经生效。"))
        return redirect("users")
    response = render(request, "accounts/staff/slips.html", {"opened": opened, "address": request.get_host()})
    response["Cache-Control"] = "no-store"
    return response


@page(P.GIVE_DUTY)
@require_POST
def drop(request: Request, id: UUID) -> HttpResponse:
    actions.drop(by=request.actor, staff=_mine(request, id))
    done(request, _("已放弃，上传的名单已删除。"))
    return redirect("staff")


@page(P.GIVE_DUTY)
def template(request: Request) -> HttpResponse:
    target = BytesIO()
    export(target, title=_("人员名单"), columns=columns(), rows=[])
    response = HttpResponse(target.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="staff.xlsx"'
    return response


def _mine(request: Request, id: UUID) -> StaffList:
    row = StaffList.objects.filter(id=id, by=request.actor.id).first()
    if row is None:
        raise Refused("not_found")
    return row


def _refused(plan: Plan) -> list[tuple[int, str, str]]:
    return [(row, column, sentence(flaw.code, flaw.params)) for row, column, flaw in plan.refused[:SHOWN]]


def _shown(people: list[Person]) -> list[dict[str, Any]]:
    shown = people[:SHOWN]
    areas: list[Area] = [d.area for p in shown for d in p.give] + [d.area for p in shown for d in p.end]
    called = names(area.code or area.lo for area in areas)
    return [{"person": p, "changes": p.changes,
             "give": [(ROLES[g.role].name, called[g.area.code or g.area.lo], g.until) for g in p.give],
             "end": [(ROLES[d.role].name, called[d.area.code or d.lo]) for d in p.end]} for p in shown]
