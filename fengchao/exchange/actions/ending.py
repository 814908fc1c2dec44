"""Tokens end with what they stand on. Called by accounts (see apps.py): once ended, no later duty wakes one."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Now

from fengchao.accounts.queries import actor_of
from fengchao.base.actor import Actor
from fengchao.base.audit import Deed, write
from fengchao.base.errors import Refused

from ..collect.openrosa import MAY
from ..feeds import FEEDS
from ..models import COLLECT, Token
from ..tokens import actor_within


def end_tokens(by: Actor, users: Collection[UUID]) -> int:
    """Of users who are signed out everywhere: whoever got in may have made themselves one."""
    return _end(by, list(_live(users)))


def end_fallen_tokens(by: Actor, users: Collection[UUID]) -> int:
    """Of users who lost a duty: those for which no duty is left that lets them read anything."""
    return _end(by, [token for token in _live(users) if not _stands(token)])


def _live(users: Collection[UUID]) -> QuerySet[Token]:
    return Token.objects.filter(user__in=users, revoked__isnull=True).select_related("user")


def _stands(token: Token) -> bool:
    owner = actor_of(token.user)
    for what in token.allows:
        try:
            actor_within(token.user_id, owner.name, owner.grants, token.area,
                         MAY if what == COLLECT else FEEDS[what].permissions, what=what)
        except Refused:
            continue
        return True
    return False


def _end(by: Actor, tokens: list[Token]) -> int:
    Token.objects.filter(id__in=[token.id for token in tokens]).update(revoked=Now())
    write((Deed("token_revoked", token.id, token.place, {"user": str(token.user_id)}) for token in tokens), by=by)
    return len(tokens)
