"""Password and second factor outside a page: for phones. Wrong ones count towards the lockout that pages share."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest

from fengchao.base import clock
from fengchao.base.errors import Refused

from .gate import has_second_factor, needs_second_factor
from .models import User


def check_password_and_code(request: HttpRequest, username: str, password: str, code: str) -> User:
    name = username.strip().lower()
    user = authenticate(request, username=name, password=password)
    if getattr(request, "axes_locked_out", False):
        raise Refused("locked_out", minutes=15)
    if user is None or (user.temporary_until and user.temporary_until < clock.now()):
        raise Refused("wrong_password")
    _check_code(request, user, code.strip())
    return user


def _check_code(request: HttpRequest, user: User, code: str) -> None:
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        if needs_second_factor(user) or has_second_factor(user):  # a passkey cannot be shown here
            raise Refused("second_factor_needed")
        return
    if not code:
        raise Refused("code_needed")
    if not _code_is_right(user, code):
        user_login_failed.send(sender=__name__, credentials={"username": user.username}, request=request)
        raise Refused("wrong_code")


def _code_is_right(user: User, code: str) -> bool:
    kinds = {Authenticator.Type.TOTP: TOTP, Authenticator.Type.RECOVERY_CODES: RecoveryCodes}
    return any(kinds[a.type](a).validate_code(code) for a in Authenticator.objects.filter(user=user, type__in=kinds))
