"""Tokens are made, used, and ended. The secret is shown to whoever made it, once; what is kept cannot be used."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now

from fengchao.accounts.models import User
from fengchao.accounts.queries import actor_of
from fengchao.accounts.rules import require_manager
from fengchao.accounts.tokens import hash_of, new_token
from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.audit import write_one
from fengchao.base.crypto import seal
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.base.places import COUNTRY, Area

from ..collect.digest import ha1
from ..feeds import FEEDS
from ..models import COLLECT, Token


def make_token(*, by: Actor, name: str, area: Area, allows: Sequence[str], days: int,
               overlay: UUID | None = None) -> tuple[Token, str]:
    """For reading feeds of an area, never more than its maker may hand out there. The token and its secret.

    One for an overlay goes with its ground, and is worth nothing once it has ended.
    """
    by.require(P.GIVE_ACCESS, area)
    if not allows:
        raise Refused("allows_nothing")
    for code in allows:
        if code not in FEEDS:
            raise Refused("no_such_feed", feed=code[:20])
        if not all(by.may(permission, area) for permission in FEEDS[code].permissions):
            raise Refused("feed_not_yours", feed=FEEDS[code].words)
    assert by.id is not None, "the platform itself holds no token"
    secret = new_token()
    token = Token(name=name, user_id=by.id, lo=area.lo, hi=area.hi, overlay=overlay, allows=sorted(set(allows)),
                  token_hash=hash_of(secret))
    return _store(by, token, days), secret


def make_collect_token(*, by: Actor, name: str, user: User, days: int) -> tuple[Token, str]:
    """For one worker's ODK Collect. It takes the place of an earlier one; the password is typed by hand or scanned."""
    if not by.may_anywhere(P.GIVE_ACCESS):
        raise Refused("not_allowed", permission=P.GIVE_ACCESS.value)
    require_manager(by, user)
    if not actor_of(user).areas(P.RECORD):
        raise Refused("no_door_here")
    secret = new_token()
    Token.objects.filter(user=user, revoked__isnull=True).exclude(digest_sealed=b"").update(revoked=Now())
    token = Token(name=name, user=user, lo=COUNTRY.lo, hi=COUNTRY.hi, allows=[COLLECT], token_hash=hash_of(secret))
    token.digest_sealed = seal(ha1(token.collect_name, secret))
    return _store(by, token, days), secret


def _store(by: Actor, token: Token, days: int) -> Token:
    token.name = token.name.strip()[:60]
    if not token.name:
        raise Refused("required", field="用途")
    if not 1 <= days <= settings.TOKEN_DAYS:
        raise Refused("token_days", limit=settings.TOKEN_DAYS)
    token.made_by, token.expires = by.id, clock.now() + timedelta(days=days)
    token.save(force_insert=True)
    write_one("token_made", token.id, by=by, grid=token.place, user=token.user_id, allows=token.allows, days=days)
    return token


def revoke_token(*, by: Actor, token: Token) -> None:
    """At once: it is asked for at every request."""
    if COLLECT in token.allows:
        require_manager(by, token.user)
    else:
        by.require(P.GIVE_ACCESS, token.area)
    Token.objects.filter(id=token.id, revoked__isnull=True).update(revoked=Now())
    write_one("token_revoked", token.id, by=by, grid=token.place, user=token.user_id)


def spend_signature(*, by: Actor, token: UUID, nonce: int, count: int, body: bytes) -> bool:
    """Whether this signature of a token's is later than any before it, or the last one with the same body."""
    later = Q(nonce__lt=nonce) | Q(nonce=nonce, nonce_count__lt=count)
    same = Q(nonce=nonce, nonce_count=count, nonce_body=body)
    return bool(Token.objects.filter(later | same, id=token).update(nonce=nonce, nonce_count=count, nonce_body=body))


def touch_token(*, by: Actor, token: UUID) -> None:
    """Used now: one that nobody has used for months can be asked about, and ended."""
    Token.objects.filter(id=token).update(last_used=Now())
