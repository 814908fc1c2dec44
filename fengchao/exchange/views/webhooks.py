"""Webhooks: which addresses are told, making one, its log, trying, sending again, ending."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengchao.base.errors import CATALOGUE, Refused
from fengchao.base.permissions import Permission as P
from fengchao.web.notices import done
from fengchao.web.pages import Request, page
from fengchao.web.place import here

from .. import actions
from ..feeds import FEEDS
from ..forms import NewWebhook
from ..models import Delivery
from ..queries import deliveries_of, visible_webhook, visible_webhooks

MOST = 200


@page(P.GIVE_ACCESS)
def webhooks(request: Request) -> HttpResponse:
    place = here(request, request.actor)
    rows = list(visible_webhooks(request.actor)[:MOST])
    lines = [(row, [FEEDS[code].words for code in row.feeds]) for row in rows]
    return render(request, "exchange/webhooks.html", {"tab": "webhooks", "place": place, "lines": lines})


@page(P.GIVE_ACCESS)
def new(request: Request) -> HttpResponse:
    place = here(request, request.actor)
    form = NewWebhook(request.POST or None, by=request.actor, area=place.area)
    if request.method == "POST" and form.is_valid():
        try:
            hook, secret = actions.make_webhook(by=request.actor, area=place.area, overlay=place.overlay,
                                                **form.cleaned_data)
        except Refused as refused:
            form.add_error("url" if refused.code.startswith("hook_") else None, refused.message)
        else:
            response = render(request, "exchange/webhook_once.html", {"hook": hook, "secret": secret})
            response["Cache-Control"] = "no-store"
            return response
    return render(request, "exchange/webhook_new.html", {"form": form, "place": place})


@dataclass(frozen=True, slots=True)
class Line:
    row: Delivery

    @property
    def why(self) -> str:
        return str(CATALOGUE[self.row.problem].sentence) if self.row.problem in CATALOGUE else ""

    @property
    def said(self) -> list[tuple[str, int, int]]:
        told = self.row.payload.get("feeds", [])
        return [(str(FEEDS[one["feed"]].words), one["changed"], one["gone"]) for one in told if one["feed"] in FEEDS]


@page(P.GIVE_ACCESS)
def webhook(request: Request, id: UUID) -> HttpResponse:
    hook = visible_webhook(request.actor, id)
    lines = [Line(row) for row in deliveries_of(hook)[:MOST]]
    return render(request, "exchange/webhook.html", {"tab": "webhooks", "hook": hook, "lines": lines})


@page(P.GIVE_ACCESS)
@require_POST
def try_now(request: Request, id: UUID) -> HttpResponse:
    actions.try_webhook(by=request.actor, hook=visible_webhook(request.actor, id))
    done(request, _("试发的消息已交给后台。几秒后刷新，看它有没有送达。"))
    return redirect("webhook", id)


@page(P.GIVE_ACCESS)
@require_POST
def end(request: Request, id: UUID) -> HttpResponse:
    actions.end_webhook(by=request.actor, hook=visible_webhook(request.actor, id))
    done(request, _("通知已停止。"))
    return redirect("webhooks")


@page(P.GIVE_ACCESS)
@require_POST
def again(request: Request, id: UUID, message: UUID) -> HttpResponse:
    row = deliveries_of(visible_webhook(request.actor, id)).select_related("webhook").filter(id=message).first()
    if row is None:
        raise Refused("not_found")
    actions.send_again(by=request.actor, message=row)
    done(request, _("已重新发送。"))
    return redirect("webhook", id)
