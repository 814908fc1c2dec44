"""What the office does with a list of doors: give them out, hand a grid over, leave some out, and take it back."""

from collections import defaultdict
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengchao.base.asked import id_of, id_or_none, ids_of, number_of
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.web.notices import done
from fengchao.web.pages import Request, back, page

from .. import actions
from ..models import Campaign, Task

UNDO = "doors_undo"  # what the last deed of this session was, so that it can be taken back


@page(P.ASSIGN)
@require_POST
def assign(request: Request) -> HttpResponse:
    tasks, to = _ticked(request), id_or_none(request.POST.get("to"))
    before = _owners(Task.objects.filter(id__in=tasks))
    n = actions.assign(by=request.actor, tasks=tasks, to=to)
    request.session[UNDO] = {"owners": before}
    done(request, _("已分派 %(n)s 个。") % {"n": n}, undo=reverse("doors_undo"))
    return redirect(back(request, reverse("doors")))


@page(P.ASSIGN)
@require_POST
def exclude(request: Request) -> HttpResponse:
    tasks = _ticked(request)
    n = actions.exclude(by=request.actor, tasks=tasks, reason=request.POST.get("reason", ""))
    request.session[UNDO] = {"include": [str(task) for task in tasks]}
    done(request, _("已将 %(n)s 个移出目标，原因已写明。") % {"n": n}, undo=reverse("doors_undo"))
    return redirect(back(request, reverse("doors")))


@page(P.ASSIGN)
@require_POST
def include(request: Request) -> HttpResponse:
    n = actions.include(by=request.actor, tasks=_ticked(request))
    done(request, _("已将 %(n)s 个重新计入。") % {"n": n})
    return redirect(back(request, reverse("doors")))


@page(P.ASSIGN)
@require_POST
def hand_over(request: Request) -> HttpResponse:
    """Every remaining door of a grid at once."""
    campaign = Campaign.objects.filter(id=id_of(request.POST.get("campaign"))).first()
    grid, to = number_of(request.POST.get("grid")), id_or_none(request.POST.get("to"))
    if campaign is None:
        raise Refused("not_found")
    open_ = Task.objects.filter(campaign=campaign, grid=grid, state=Task.State.OPEN)
    before = _owners(open_)
    n = actions.hand_over(by=request.actor, campaign=campaign, grid=grid, to=to)
    request.session[UNDO] = {"owners": before}
    done(request, _("已移交 %(n)s 个。") % {"n": n}, undo=reverse("doors_undo"))
    return redirect(back(request, reverse("doors")))


@page(P.ASSIGN)
@require_POST
def undo(request: Request) -> HttpResponse:
    """Takes back the last deed of this session: each door returns to whom it belonged."""
    kept = request.session.pop(UNDO, {})
    for owner, tasks in kept.get("owners", {}).items():
        actions.assign(by=request.actor, tasks=_still_open(tasks), to=id_or_none(owner))
    if kept.get("include"):
        actions.include(by=request.actor, tasks=ids_of(kept["include"]))
    done(request, _("已撤销。") if kept else _("没有可以撤销的操作。"))
    return redirect(back(request, reverse("doors")))


def _ticked(request: Request) -> list[UUID]:
    tasks = ids_of(request.POST.getlist("task"))
    if not tasks:
        raise Refused("nothing_ticked")
    return tasks


def _owners(tasks) -> dict[str, list[str]]:
    owners = defaultdict(list)
    for task, owner in tasks.values_list("id", "assigned_to"):
        owners[str(owner or "")].append(str(task))
    return owners


def _still_open(tasks: list[str]) -> list[UUID]:
    """Doors that got a result meanwhile stay with whoever got it."""
    return list(Task.objects.filter(id__in=tasks, state=Task.State.OPEN).values_list("id", flat=True))
