"""One request, one transaction, in which the signed-in user acts."""

from collections.abc import Callable

from allauth.core.exceptions import ReauthenticationRequired
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from fengchao.accounts.emergency import page as emergency
from fengchao.accounts.queries import actor_of
from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.scope import acting

from .errors import refusal


class ActingMiddleware:
    """States who acts before a view runs. Paths of the phone's interface state it themselves, from their token."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        with acting(actor_of(request.user, address=request.META.get("REMOTE_ADDR", ""))) as actor:
            return emergency.answer(request, actor, self._answer)

    def _answer(self, request: HttpRequest, actor: Actor) -> HttpResponse:
        request.actor = actor  # type: ignore[attr-defined]  # what makes it a pages.Request
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Whatever was written is undone; a refusal becomes the page that says why and what to do."""
        if isinstance(exception, ReauthenticationRequired):
            return None  # raised before anything is done; allauth goes on reading, and asks for the password
        if transaction.get_connection().in_atomic_block:
            transaction.set_rollback(True)
        return refusal(request, exception) if isinstance(exception, Refused) else None
