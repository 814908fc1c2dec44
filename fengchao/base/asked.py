"""Ids and numbers as an address, a form or a file says them: of rubbish, a query would make a fault.

Each raises Refused "bad_request".
"""

from collections.abc import Iterable
from uuid import UUID

from .errors import Refused
from .places import DIGITS


def id_of(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError as error:
        raise Refused("bad_request") from error


def id_or_none(text: str | None) -> UUID | None:
    """The empty choice is nobody and nothing."""
    return id_of(text) if text else None


def ids_of(texts: Iterable[str]) -> list[UUID]:
    return [id_of(text) for text in texts]


def number_of(text: str | None, *, below: int = 10**DIGITS) -> int:
    """Not negative, and no longer than the code of a grid."""
    text = text or ""
    if not text.isdecimal() or len(text) > DIGITS or int(text) >= below:
        raise Refused("bad_request")
    return int(text)
