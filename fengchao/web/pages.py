"""What views of the console have in common: who may open them, where they look, where they go back to."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission

from .place import Place


class Request(HttpRequest):
    """A request behind sign-in, as ActingMiddleware and the views leave it."""

    actor: Actor
    htmx: HtmxDetails
    place: Place


View = Callable[..., HttpResponseBase]


def page(permission: Permission) -> Callable[[View], View]:
    """Only for somebody who holds `permission` somewhere. Whether here, the action and the policies decide."""

    def wrap(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.actor.may_anywhere(permission):
                raise Refused("not_allowed")
            return view(request, *args, **kwargs)

        return guarded

    return wrap


def part_only(request: Request) -> bool:
    """Whether the page asks for a part of itself. A browser that goes back through its history asks for the whole."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def part(request: Request, template: str, context: dict[str, Any]) -> HttpResponse:
    """That part, which a browser must not keep as the page of the same address."""
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def back(request: HttpRequest, otherwise: str) -> str:
    """Where a form came from (its field `next`), if that is a page of ours."""
    asked = request.POST.get("next", "")
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours else otherwise
