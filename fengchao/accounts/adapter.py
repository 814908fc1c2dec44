"""How sign-in differs from allauth's own: accounts are opened by an administrator, and need no e-mail address."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import password_changed
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse

from fengchao.base import clock

from .actions import password_chosen
from .models import User
from .queries import actor_of


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """A one-time password that nobody used in time is a wrong one."""
        user = super().authenticate(request, **credentials)
        return None if user and user.temporary_until and user.temporary_until < clock.now() else user

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Its notices ("signed in as ...") say what everybody sees anyway."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nobody has an address here; what happened to an account stands in the audit."""


@receiver(password_changed)
def _changed(request: HttpRequest, user: User, **_: Any) -> None:
    password_chosen(by=actor_of(user), user=user)
