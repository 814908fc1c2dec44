"""NUL becomes a space before anything reads it: text in PostgreSQL cannot hold one, and a slip of some keyboard is no
reason to lose a visit or to end a search with an error."""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError

ESCAPED = re.compile(rb"((?<!\\)(?:\\\\)*)\\u0000")  # in JSON; an escaped backslash before u0000 is no NUL


def of_json(data: bytes) -> bytes:
    return ESCAPED.sub(rb"\1 ", data) if rb"\u0000" in data else data


class NulMiddleware:
    """Of the path, the query, the cookies and the fields of a form. JSON is read by whoever knows that it is JSON."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            request.path, request.path_info = _spaced(request.path), _spaced(request.path_info)
        for name, written in (("QUERY_STRING", "%00"), ("HTTP_COOKIE", r"\000")):
            said = request.META.get(name, "")
            if written in said or "\0" in said:
                request.META[name] = _spaced(said.replace(written, "%20" if written == "%00" else " "))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: dict[str, Any]) -> None:
        """Of pages only, whose forms Django reads anyway, to look for their token."""
        try:
            fields = request.POST.lists()
        except UnreadablePostError:
            return  # whoever sent it has gone
        if any("\0" in text for name, texts in fields for text in (name, *texts)):
            clean = QueryDict(mutable=True)
            for name, texts in request.POST.lists():
                clean.setlist(_spaced(name), [_spaced(text) for text in texts])
            request.POST = clean  # type: ignore[assignment]


def _spaced(text: str) -> str:
    return text.replace("\0", " ")
