"""How sign-in differs from allauth's own: accounts are opened by an administrator, and need no e-mail address."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Its notices ("signed in as ...") say what everybody sees anyway."""
