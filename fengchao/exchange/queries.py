"""Reading the doors: the tokens and webhooks somebody answers for."""

from uuid import UUID

from django.db.models import F, Q, QuerySet

from fengchao.accounts.people_in import visible_users
from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P

from .models import COLLECT, Delivery, Token, Webhook


def visible_tokens(by: Actor) -> QuerySet[Token]:
    """Those of feeds inside one's area, and those of Collect of the people one manages; the good and newest first."""
    mine = Q(user__in=visible_users(by), allows__contains=[COLLECT])
    for area in by.areas(P.GIVE_ACCESS):
        mine |= Q(lo__gte=area.lo, hi__lte=area.hi)
    mine |= Q(ground__inside=by.areas(P.GIVE_ACCESS))
    return Token.objects.filter(mine).select_related("user").order_by(F("revoked").desc(nulls_first=True), "-id")


def visible_token(by: Actor, id: UUID) -> Token:
    """Raises Refused "not_found" for anybody else's: that it exists is not said."""
    token = visible_tokens(by).filter(id=id).first()
    if token is None:
        raise Refused("not_found")
    return token


def visible_webhooks(by: Actor) -> QuerySet[Webhook]:
    mine = Q(pk__in=[])
    for area in by.areas(P.GIVE_ACCESS):
        mine |= Q(lo__gte=area.lo, hi__lte=area.hi)
    mine |= Q(ground__inside=by.areas(P.GIVE_ACCESS))
    return Webhook.objects.filter(mine).order_by(F("ended").desc(nulls_first=True), "-id")


def visible_webhook(by: Actor, id: UUID) -> Webhook:
    """Raises Refused "not_found"."""
    hook = visible_webhooks(by).filter(id=id).first()
    if hook is None:
        raise Refused("not_found")
    return hook


def deliveries_of(hook: Webhook) -> QuerySet[Delivery]:
    """The newest first."""
    return Delivery.objects.filter(webhook=hook).order_by("-id")
