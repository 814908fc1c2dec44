"""The office's side of the phones: who holds one, what was not accepted, what contradicts, what is complained of."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from fengchao.accounts.actions import revoke_device
from fengchao.accounts.models import Device, User
from fengchao.base.errors import Refused
from fengchao.base.lists import Listing, Order
from fengchao.base.permissions import Permission as P
from fengchao.web.notices import done, failed
from fengchao.web.pages import Request, page
from fengchao.web.place import here

from . import actions, outbox, queries
from .push import push

NEWEST = (Order("new", gettext_lazy("最新在前"), ("-id",)),)


def _show(request: Request, tab: str, **more: Any) -> HttpResponse:
    return render(request, f"sync/{tab}.html", {"tab": tab, "place": here(request, request.actor), **more})


@page(P.ASSIGN)
@require_GET
def phones(request: Request) -> HttpResponse:
    return _show(request, "phones", phones=queries.phones(here(request, request.actor).area))


@page(P.ASSIGN)
@require_POST
def phone_revoke(request: Request, device: UUID) -> HttpResponse:
    row = Device.objects.filter(id=device).select_related("user").first()
    if row is None:
        raise Refused("not_found")
    revoke_device(by=request.actor, device=row)
    done(request, _("已停用 %(name)s 的手机。它下次联网时会清空数据。") % {"name": row.user.name})
    return redirect("phones")


@page(P.ASSIGN)
@require_GET
def held(request: Request) -> HttpResponse:
    listing = Listing(request.GET, NEWEST)
    found = listing.page(queries.held(here(request, request.actor).area))
    return _show(request, "held", page=found, lines=queries.held_lines(found.rows))


@page(P.ASSIGN)
@require_POST
def held_resolve(request: Request, held: UUID) -> HttpResponse:
    actions.resolve_held(by=request.actor, held=held, resolution=request.POST.get("resolution", "").strip())
    done(request, _("已处理。"))
    return redirect("held")


@page(P.ASSIGN)
@require_POST
def held_retry(request: Request, held: UUID) -> HttpResponse:
    """Takes it again, now that the reason may be gone, in the name of who sent it."""
    row = queries.held_one(held)
    worker = outbox.on_behalf(request.actor, User.objects.get(id=row.by))
    answer = push([queries.content(row)], by=worker, purpose=f"held operation, again by {request.actor.id}")[0]
    if answer.refused:
        failed(request, answer.refused.message)
    else:
        actions.resolve_held(by=request.actor, held=held, resolution=_("重新提交成功"))
        done(request, _("已计入。"))
    return redirect("held")


@page(P.ASSIGN)
@require_GET
def conflicts(request: Request) -> HttpResponse:
    listing = Listing(request.GET, NEWEST)
    found = listing.page(queries.hard_conflicts(here(request, request.actor).area))
    return _show(request, "conflicts", page=found, lines=queries.conflict_lines(found.rows))


@page(P.ASSIGN)
@require_POST
def conflict_decide(request: Request, record: UUID) -> HttpResponse:
    actions.decide_conflict(by=request.actor, record=record, adopt=request.POST.get("adopt") == "yes")
    done(request, _("已按您的决定计入，两条原始记录都保留。"))
    return redirect("conflicts")


@page(P.ASSIGN)
@require_GET
def complaints(request: Request) -> HttpResponse:
    """Without the names: a complaint is about the work, and who complained stands in the audit trail if it must be
    known."""
    listing = Listing(request.GET, NEWEST)
    return _show(request, "complaints", page=listing.page(queries.complaints(here(request, request.actor).area)))


@page(P.ASSIGN)
@require_POST
def complaint_answer(request: Request, complaint: UUID) -> HttpResponse:
    actions.answer_complaint(by=request.actor, complaint=complaint, answer=request.POST.get("answer", ""))
    done(request, _("已记下处理情况。"))
    return redirect("complaints")


@page(P.ASSIGN)
def outbox_file(request: Request) -> HttpResponse:
    """A file is chosen, its effect shown, then taken: two posts, of which the first changes nothing."""
    if request.method != "POST":
        return _show(request, "outbox")
    if "packed" in request.POST:
        box = outbox.unpack(request.POST["packed"], by=request.actor)
        return _show(request, "outbox", box=box, outcome=outbox.take(box, by=request.actor), taken=True)
    file = request.FILES.get("file")
    if file is None:
        raise Refused("required", field=_("文件"))
    box = outbox.parse(file.read(outbox.LARGEST_FILE + 1), by=request.actor)
    return _show(request, "outbox", box=box, outcome=outbox.preview(box, by=request.actor))
