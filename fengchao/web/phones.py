"""The short way to the phones' interface, past everything that belongs to pages."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.middleware.security import SecurityMiddleware
from django.urls import resolve

INTERFACE = "/api/"
Way = Callable[[HttpRequest], HttpResponse]


class PhonesMiddleware:
    """A phone brings a token: it has no session, no cookie, no form, and nothing of its answers is drawn in a frame.
    What looks after those took a third of the time of an upload. Host, transport and language are looked after as ever.
    """

    def __init__(self, pages: Way) -> None:
        self.pages = pages
        self.phones = SecurityMiddleware(LocaleMiddleware(_answer))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        way = self.phones if request.path_info.startswith(INTERFACE) else self.pages
        return cast(HttpResponse, way(request))


def _answer(request: HttpRequest) -> HttpResponse:
    request.get_host()  # refuses a host that is not ours
    view, words, named = request.resolver_match = resolve(request.path_info)
    response = view(request, *words, **named)
    if not response.streaming:  # a file knows its own
        response.headers.setdefault("Content-Length", str(len(response.content)))
    return response
