"""Reading the doors: the tokens and webhooks somebody answers for."""

from uuid import UUID

from django.db.models import F, Q, QuerySet

from fengchao.accounts.people_in import visible_users
from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P

from .models import COLLECT, Delivery, Token, Webhook


def _given_by(by: Actor) -> Q:
    """For places where the actor may give access."""
    areas = by.areas(P.GIVE_ACCESS)
    mine = Q(ground__inside=areas)
    for area in areas:
        mine |= Q(lo__gte=area.lo, hi__lte=area.hi)
    return mine


def visible_tokens(by: Actor) -> QuerySet[Token]:
    """Those of feeds inside one's area, and those of Collect of the people one manages; the good and newest first."""
    collect = Q(user__in=visible_users(by), allows__contains=[COLLECT])
    found = Token.objects.filter(collect | _given_by(by)).select_related("user")
    return found.order_by(F("revoked").desc(nulls_first=True), "-id")


def visible_token(by: Actor, id: UUID) -> Token:
    """Raises Refused "not_found" for anybody else's: that it exists is not said."""
    token = visible_tokens(by).filter(id=id).first()
    if token is None:
        raise Refused("not_found")
    return token


def visible_webhooks(by: Actor) -> QuerySet[Webhook]:
    return Webhook.objects.filter(_given_by(by)).order_by(F("ended").desc(nulls_first=True), "-id")


def visible_webhook(by: Actor, id: UUID) -> Webhook:
    """Raises Refused "not_found"."""
    hook = visible_webhooks(by).filter(id=id).first()
    if hook is None:
        raise Refused("not_found")
    return hook


def deliveries_of(hook: Webhook) -> QuerySet[Delivery]:
    """The newest first."""
    return Delivery.objects.filter(webhook=hook).order_by("-id")
