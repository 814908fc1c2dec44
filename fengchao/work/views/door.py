"""One door: who lives there, what was seen and by whom, and a result entered in the office."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengchao.accounts.queries import names_of
from fengchao.base import clock
from fengchao.base.asked import number_of
from fengchao.base.errors import Refused
from fengchao.base.ids import uuid7
from fengchao.base.permissions import Permission as P
from fengchao.people.queries import living
from fengchao.web.notices import done
from fengchao.web.pages import Request, page

from .. import actions
from ..models import BY_ITSELF, Campaign, Record, Task
from ..observation import Observation
from ..queries import asked_for
from ..showing import outcomes


@page(P.SEE_COVERAGE)
def door(request: Request, task: UUID) -> HttpResponse:
    row = _task(task)
    records = list(Record.objects.filter(task=row).order_by("-at", "-id")[:50])
    return render(request, "work/door.html", {
        "task": row,
        "records": records,
        "people": living().filter(dwelling=row.dwelling).order_by("id") if row.dwelling else [],
        "names": names_of([row.assigned_to, row.claimed_by, *(r.by for r in records)]),
        "words": outcomes(row.campaign),
        "asked_for": asked_for(row.campaign),
        "may_record": request.actor.may(P.RECORD, row.grid) and row.campaign.state == Campaign.State.RUNNING,
        "may_include": request.actor.may(P.ASSIGN, row.grid) and row.excluded not in BY_ITSELF,
    })


@page(P.RECORD)
@require_POST
def record(request: Request, task: UUID) -> HttpResponse:
    """A result by telephone, or from a list on paper: the same fact as from a phone at the door."""
    row = _task(task)
    version = request.POST.get("version")
    seen = Observation(
        id=uuid7(), task=row.id, outcome=request.POST.get("outcome", ""), answers={},
        base_version=number_of(version, below=2**31) if version else row.version,
        note=request.POST.get("note", "")[:500], device_at=clock.now(),
    )
    [result] = actions.accept([seen], by=request.actor)
    if result.refused:
        raise result.refused
    done(request, _("已记录。") if result.status == "accepted" else _("已记录；与别人的记录不一致，请核对。"))
    return redirect("door", task=row.id)


def _task(task: UUID) -> Task:
    shown = ("campaign", "building", "dwelling", "person", "premises", "sighting__source")
    row = Task.objects.select_related(*shown).filter(id=task).first()
    if row is None:
        raise Refused("not_found")
    return row
