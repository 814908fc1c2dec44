"""How the phones' interface asks for a token. Apart from what a token is worth, which commands and jobs ask too: they
start without the whole machinery of an interface."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from fengchao.base.actor import Actor
from fengchao.base.errors import Refused

from .tokens import actor_for


class BearerAuth(HttpBearer):
    """`auth=BearerAuth()` on an operation; then `with acting(request.auth):`. Sessions and cookies play no part."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        return actor_for(token, address=request.META.get("REMOTE_ADDR", ""))

    def __call__(self, request: HttpRequest) -> Actor:
        actor = super().__call__(request)
        if actor is None:
            raise Refused("device_ended")
        return actor
