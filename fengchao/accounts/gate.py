"""What must be done first after signing in: choose a password of one's own, add the second factor.

Asked once at sign-in and kept in the session, so that an ordinary request costs no query. Whoever is given a role
that needs the second factor is signed out (see `actions.duties`) and so asked again.
"""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve

from .models import User
from .queries import duties_of

KEY = "first"
ALWAYS = {"account_logout", "account_login", "account_reauthenticate", "mfa_reauthenticate",
          "mfa_reauthenticate_webauthn", "set_language", "healthz"}
PAGES = {"password": "account_change_password", "second_factor": "mfa_activate_totp"}
INSTEAD = {"mfa_add_webauthn"}  # a passkey is a second factor too
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def first_of(user: User) -> str:
    """Which page comes first for this user, empty for none."""
    if user.temporary_until is not None:
        return "password"
    if needs_second_factor(user) and not has_second_factor(user):
        return "second_factor"
    return ""


def needs_second_factor(user: User) -> bool:
    return duties_of(user).filter(role__in=settings.SECOND_FACTOR_ROLES).exists()


def has_second_factor(user: User) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_FACTORS).exists()


@receiver(authenticator_removed)
@receiver(user_logged_in)
def ask_at_sign_in(request: HttpRequest, user: User, **_: object) -> None:
    if first := first_of(user):
        request.session[KEY] = first


class GateMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated or KEY not in request.session:
            return self.get_response(request)
        first = request.session[KEY] = first_of(request.user)  # as it is now: the last request may have done it
        if not first:
            del request.session[KEY]
            return self.get_response(request)
        page = PAGES[first]
        also = INSTEAD if first == "second_factor" else set()
        if resolve(request.path_info).url_name in ALWAYS | also | {page}:
            return self.get_response(request)
        return redirect(page)
