"""The short way to the phones' interface, past everything that belongs to pages; and who goes first."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.middleware.security import SecurityMiddleware
from django.urls import resolve

INTERFACE = "/api/"
PATIENCE = 0.1  # seconds a phone waits for pages at most, however many are asked for
Way = Callable[[HttpRequest], HttpResponse]


class PagesFirst:
    """Somebody sits before a page and waits; nobody looks while a phone sends. The threads of a process share one
    interpreter, so while a page is made no upload is begun."""

    def __init__(self) -> None:
        self.open = 0
        self.changed = threading.Condition()

    @contextmanager
    def page(self) -> Iterator[None]:
        with self.changed:
            self.open += 1
        try:
            yield
        finally:
            with self.changed:
                self.open -= 1
                if not self.open:
                    self.changed.notify_all()

    def wait(self) -> None:
        if self.open:
            with self.changed:
                self.changed.wait_for(lambda: not self.open, PATIENCE)


class PhonesMiddleware:
    """A phone brings a token: it has no session, no cookie, no form, and nothing of its answers is drawn in a frame.
    What looks after those took a third of the time of an upload. Host, transport and language are looked after as ever.
    """

    def __init__(self, pages: Way) -> None:
        self.pages = pages
        self.first = PagesFirst()
        self.phones = SecurityMiddleware(LocaleMiddleware(_answer))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(INTERFACE):
            self.first.wait()
            return cast(HttpResponse, self.phones(request))
        with self.first.page():
            return self.pages(request)


def _answer(request: HttpRequest) -> HttpResponse:
    request.get_host()  # refuses a host that is not ours
    view, words, named = request.resolver_match = resolve(request.path_info)
    response = view(request, *words, **named)
    if not response.streaming:  # a file knows its own
        response.headers.setdefault("Content-Length", str(len(response.content)))
    return response
