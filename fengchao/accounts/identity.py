"""Signing in with the account of one's own unit (OpenID Connect): it proves who somebody is, and gives nothing.

The provider says one claim about a person; the account of that username, opened here by somebody who answers for it,
is theirs. The first time the two are bound together, by the provider's own unchanging `sub`; from then on the claim is
not asked any more. Whoever comes later with the same claim and another `sub` is somebody else.
"""

from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.base.constants import AuthError
from django.conf import settings
from django.http import HttpRequest

from fengchao.base.errors import Refused
from fengchao.base.scope import acting
from fengchao.web.errors import refusal

from .actions import accept_identity, bind_identity
from .models import User
from .queries import actor_of


class IdentityAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """After the provider has answered, before anybody is signed in."""
        try:
            if sociallogin.state.get("process") != AuthProcess.LOGIN:
                raise Refused("identity_failed")  # nobody binds an identity to the account they happen to be in
            self._recognise(request, sociallogin)
        except Refused as refused:
            raise ImmediateHttpResponse(refusal(request, refused)) from refused

    def _recognise(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        known = sociallogin.is_existing
        user = sociallogin.user if known else user_meant(claims_of(sociallogin))
        with acting(actor_of(user)) as by:
            if known:
                accept_identity(by=by, account=sociallogin.account)
            else:
                bind_identity(by=by, user=user, login=sociallogin)

    def on_authentication_error(self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None,
                                extra_context: Any = None) -> NoReturn:
        code = "identity_cancelled" if error == AuthError.CANCELLED else "identity_failed"
        raise ImmediateHttpResponse(refusal(request, Refused(code)))

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nobody has an address here; what happened to an account stands in the audit."""


def claims_of(login: SocialLogin) -> dict[str, Any]:
    return login.account.get_provider_account().get_user_data() or {}


def user_meant(claims: dict[str, Any]) -> User:
    """The open account whose username is the claim. An e-mail counts only if the provider has verified it."""
    said = str(claims.get(settings.OIDC_CLAIM) or "").strip().lower()
    if settings.OIDC_CLAIM == "email" and claims.get("email_verified") is not True:
        said = ""
    user = User.objects.filter(username=said, is_active=True).first() if said else None
    if user is None:
        raise Refused("identity_unknown")
    return user
