"""Tokens: which are out, making one, the page that shows it once, ending one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengchao.accounts.people_in import visible_user
from fengchao.areas.models import Overlay
from fengchao.areas.queries import names
from fengchao.base import clock
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.base.places import COUNTRY, codes
from fengchao.web.notices import done
from fengchao.web.pages import Request, page
from fengchao.web.place import here

from .. import actions
from ..collect.settings_code import settings_code
from ..feeds import FEEDS, SCHEMA
from ..forms import NewCollectToken, NewToken
from ..models import COLLECT, Token
from ..queries import visible_token, visible_tokens

TOO_WIDE = ("country", "province", "city")  # to choose one worker from
MOST = 200  # the newest; who has more out than that should end some


@page(P.GIVE_ACCESS)
def tokens(request: Request) -> HttpResponse:
    place = here(request, request.actor)
    rows = list(visible_tokens(request.actor)[:MOST])
    feeds = [row for row in rows if not row.overlay and COLLECT not in row.allows]
    known = names(code for row in feeds for code in _codes(row))
    words = {code: feed.words for code, feed in FEEDS.items()} | {COLLECT: "ODK Collect"}
    over: dict[UUID | None, str] = dict(
        Overlay.objects.filter(id__in=[row.overlay for row in rows if row.overlay]).values_list("id", "name"))
    placed = {row.id: " ".join(known[code] for code in _codes(row)) for row in feeds}
    lines = [(row, over.get(row.overlay) or placed.get(row.id, ""),
              [words.get(code, code) for code in row.allows]) for row in rows]
    return render(request, "exchange/tokens.html", {
        "tab": "tokens", "place": place, "lines": lines, "now": clock.now(),
        "workers": request.actor.may_anywhere(P.GIVE_DUTY)})


def _codes(token: Token) -> list[int]:
    """What it is for, also when its place has become several grids of another."""
    return [] if token.area == COUNTRY else [code for part in token.area.parts for code in codes(part)]


@page(P.GIVE_ACCESS)
def new(request: Request) -> HttpResponse:
    place = here(request, request.actor)
    form = NewToken(request.POST or None, by=request.actor, area=place.area)
    if request.method == "POST" and form.is_valid():
        token, secret = actions.make_token(by=request.actor, area=place.area, overlay=place.overlay,
                                           **form.cleaned_data)
        return _once(request, {"token": token, "secret": secret, "feed": token.allows[0],
                               "address": request.build_absolute_uri("/api/v1/feeds")})
    return render(request, "exchange/token_new.html", {"form": form, "place": place})


@page(P.GIVE_ACCESS)
def new_collect(request: Request) -> HttpResponse:
    if not request.actor.may_anywhere(P.GIVE_DUTY):
        raise Refused("not_allowed")  # a worker's account is not theirs to open
    place = here(request, request.actor)
    if place.level in TOO_WIDE:
        return render(request, "exchange/token_collect.html", {"place": place})
    form = NewCollectToken(request.POST or None, area=place.area)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        asked["user"] = visible_user(request.actor, asked["user"])
        token, secret = actions.make_collect_token(by=request.actor, **asked)
        address = request.build_absolute_uri(reverse("collect_list").removesuffix("/formList"))
        return _once(request, {"token": token, "secret": secret, "address": address,
                               "code": settings_code(address, token.collect_name, secret)})
    return render(request, "exchange/token_collect.html", {"form": form, "place": place})


def _once(request: Request, shown: dict[str, object]) -> HttpResponse:
    """The one page that ever shows it; no copy of it is kept, by us or by the browser."""
    response = render(request, "exchange/token_once.html", shown)
    response["Cache-Control"] = "no-store"
    return response


@page(P.GIVE_ACCESS)
@require_POST
def revoke(request: Request, id: UUID) -> HttpResponse:
    actions.revoke_token(by=request.actor, token=visible_token(request.actor, id))
    done(request, _("令牌已收回，马上失效。"))
    return redirect("tokens")


@page(P.GIVE_ACCESS)
def dictionary(request: Request) -> HttpResponse:
    """What each table holds, column by column."""
    return render(request, "exchange/dictionary.html", {
        "tab": "feeds", "feeds": FEEDS.values(), "schema": SCHEMA,
        "address": request.build_absolute_uri("/api/v1/feeds")})
