"""What allauth and Django do by themselves, written into the audit: signing in and out, and changes of a second factor.

A failed sign-in is written only for an account that exists: in the field for the name people type their password.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from fengchao.base import audit
from fengchao.base.actor import Actor
from fengchao.base.scope import acting

from .models import User
from .queries import actor_of


def _write(action: str, user: User, **detail: Any) -> None:
    with acting(actor_of(user)) as by:
        audit.write_one(action, user.id, by=by, grid=user.home_lo, **detail)


@receiver(user_logged_in)
def _signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    methods = request.session.get("account_authentication_methods", [])
    _write("signed_in", user, methods=sorted({str(one.get("type") or one["method"]) for one in methods}))


@receiver(user_logged_out)
def _signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user:
        _write("signed_out", user)


@receiver(user_login_failed)
def _failed(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """Until the name is locked: whoever goes on guessing does not fill the trail."""
    if getattr(request, "axes_locked_out", False):
        return
    user = User.objects.filter(username=str(credentials.get("username", "")).lower()).first()
    if user:
        with acting(Actor(id=None, name="")) as nobody:
            audit.write_one("sign_in_failed", user.id, by=nobody, grid=user.home_lo)


def _second_factor(action: str) -> Any:
    def write(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
        _write(action, user, kind=authenticator.type)

    return write


CHANGES = {signal: _second_factor(action) for signal, action in (
    (authenticator_added, "second_factor_added"), (authenticator_removed, "second_factor_removed"),
    (authenticator_reset, "second_factor_renewed"))}
for _signal, _write_change in CHANGES.items():
    _signal.connect(_write_change)
