"""What was just done, in words, with a way back where there is one."""

from django.contrib import messages
from django.http import HttpRequest

UNDO = "undo:"


def done(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """`undo`: the address that takes the deed back when posted to."""
    messages.success(request, text, extra_tags=f"{UNDO}{undo}" if undo else "")


def failed(request: HttpRequest, text: str) -> None:
    messages.error(request, text)
