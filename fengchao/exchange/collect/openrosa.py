"""The envelope of OpenRosa 1.0: who asks, the headers every answer has, refusals as XML.

Source: docs.getodk.org/openrosa (form list, form submission, HTTP). Sign-in is digest; the token is the password.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from hashlib import sha256
from xml.sax.saxutils import escape

from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.http import http_date

from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.crypto import unseal
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P

from ..actions.tokens import spend_signature
from ..models import COLLECT
from ..tokens import collect_holder
from . import digest

MOST_BYTES = 8 * 1024 * 1024  # of one request: a form with its photos; Collect sends what is more in several
MAY = frozenset({P.SEE_PLACES, P.SEE_PEOPLE, P.SEE_COVERAGE, P.RECORD})
XML = "text/xml; charset=utf-8"
View = Callable[..., HttpResponse]


class Unsigned(Exception):
    """Nobody has signed in yet, or with a nonce that has grown old."""

    def __init__(self, *, stale: bool = False) -> None:
        super().__init__()
        self.stale = stale


def openrosa(view: View) -> View:
    """The view is called with the actor; whatever it refuses is told in the words and form of the protocol."""

    @wraps(view)
    def answered(request: HttpRequest, **named: object) -> HttpResponse:
        try:
            response = view(request, _signed_in(request), **named)
        except Unsigned as unsigned:
            response = message(str(Refused("token_ended").message), 401)
            response["WWW-Authenticate"] = digest.challenge(stale=unsigned.stale)
        except Refused as refused:
            response = message(refused.message, refused.status)
        except SuspiciousOperation:  # more files or fields than anybody fills in
            response = message(Refused("too_large").message, 413)
        except MultiPartParserError:
            response = message(Refused("bad_request").message, 400)
        except OperationalError:
            response = message(Refused("busy").message, 503)
        response["X-OpenRosa-Version"] = "1.0"
        response["X-OpenRosa-Accept-Content-Length"] = str(MOST_BYTES)
        response["Date"] = http_date(clock.now().timestamp())
        response["Cache-Control"] = "no-store"
        return response

    return answered


def require_unheard(request: HttpRequest, actor: Actor, parts: Iterable[bytes]) -> None:
    """A signature brings in one form. The same once more is Collect that has not heard our answer; anything else under
    it, or under an earlier one, is to be signed anew: for Collect one more round, for whoever listened the end."""
    assert actor.device_id is not None, "who sends a form holds a token"
    try:
        nonce, count = digest.spent(digest.parse(request.headers.get("Authorization", "")))
    except ValueError as error:
        raise Unsigned from error
    body = sha256(b"".join(sha256(part).digest() for part in parts)).digest()
    if not spend_signature(by=actor, token=actor.device_id, nonce=nonce, count=count, body=body):
        raise Unsigned(stale=True)


def message(text: str, status: int) -> HttpResponse:
    body = (f'<OpenRosaResponse xmlns="http://openrosa.org/http/response"><message>{escape(text)}</message>'
            "</OpenRosaResponse>")
    return HttpResponse(body, content_type=XML, status=status)


def _signed_in(request: HttpRequest) -> Actor:
    said = digest.parse(request.headers.get("Authorization", ""))
    if not said:
        raise Unsigned
    try:
        holder = collect_holder(said.get("username", "")[:60], address=request.META.get("REMOTE_ADDR", ""))
    except Refused as refused:
        raise Unsigned from refused
    if not digest.holds(said, unseal(holder.digest_sealed), request.method or "", request.get_full_path()):
        raise Unsigned
    if not digest.fresh(said.get("nonce", "")):
        raise Unsigned(stale=True)
    return holder.acting_for(COLLECT, MAY)
