"""How an emergency access reaches the pages: in the browser it was opened for, as long as it lasts.

The session says that there is one, so that an ordinary request costs no query; the database says whether it still
lasts. What is shown under it is written down in the transaction that shows it.
"""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fengchao import packs
from fengchao.base.actor import Actor, Grant
from fengchao.base.scope import acting

from ..models import User
from ..queries import actor_of
from ..roles import EMERGENCY
from .actions import write_look
from .models import EmergencyAccess
from .queries import live_of

KEY = "emergency"
# Of an address, what is worth writing down.
IDS = ("id", "person", "task", "building", "campaign", "form", "dwelling", "premises", "what")
Answer = Callable[[HttpRequest, Actor], HttpResponse]


def mark(request: HttpRequest) -> None:
    """From the next request on, this browser looks with it."""
    request.session[KEY] = True


@receiver(user_logged_in)
def _goes_on_after_signing_in_again(request: HttpRequest, user: User, **_: object) -> None:
    with acting(actor_of(user)) as actor:
        if live_of(actor):
            mark(request)


def answer(request: HttpRequest, actor: Actor, view: Answer) -> HttpResponse:
    """The answer of `view`, with the emergency access of this browser if it has one."""
    if not request.session.get(KEY):
        return view(request, actor)
    opened = live_of(actor) if actor.grants else []
    if not opened:
        del request.session[KEY]
        messages.info(request, _("紧急查看已经结束，现在只看得到您职责范围内的内容。"))
        return view(request, actor)
    request.emergency = opened[0]  # type: ignore[attr-defined]
    with acting(actor.with_grants(*grants(opened)), purpose=_purpose(opened[0])) as wider:
        response = view(request, wider)
        if not transaction.get_connection().needs_rollback:
            _write(request, wider, opened)
        return response


def grants(opened: Sequence[EmergencyAccess]) -> list[Grant]:
    return [Grant("emergency", EMERGENCY, area, until=row.expires) for row in opened for area in row.shows]


def _purpose(access: EmergencyAccess) -> str:
    """Of whatever is written meanwhile, in the trail."""
    reason = packs.base_pack().emergency_reasons.get(access.reason)
    return reason.zh if reason else access.reason


def _write(request: HttpRequest, by: Actor, opened: Sequence[EmergencyAccess]) -> None:
    match = request.resolver_match
    if match is None:
        return
    of = {key: str(value)[:40] for key, value in match.kwargs.items() if key in IDS}
    place = getattr(request, "place", None)  # where a list looked, asked for or remembered
    area = str(place.code) if place else request.GET.get("area", "")
    if place or area.isdecimal():
        of["area"] = area[:36]
    write_look(by=by, opened=opened, page=match.url_name or "", of=of)
