"""One answer as the type its question has, or why it is none. From a phone, numbers and lists may come as text."""

import math
import re
from collections.abc import Callable
from datetime import date
from typing import Any

TEXT, REPEATS = 2000, 50
# Characters that neither JSON in PostgreSQL nor XML can hold; a keyboard or a scanner may still send them.
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
WHOLE = 2**53


class BadValue(ValueError):
    """`code` names the sentence (see answers.SENTENCES), `params` fill it."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def text(value: Any, _: dict[str, Any]) -> str:
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise BadValue("not_text")
    cleaned = UNSTORABLE.sub("", str(value)).strip()
    if len(cleaned) > TEXT:
        raise BadValue("text_long", limit=TEXT)
    return cleaned


def integer(value: Any, _: dict[str, Any]) -> int:
    try:
        number = int(value) if isinstance(value, str) else value
    except ValueError:
        raise BadValue("not_integer") from None
    if isinstance(number, float) and number.is_integer():
        number = int(number)
    if type(number) is not int or abs(number) > WHOLE:
        raise BadValue("not_integer")
    return number


def decimal(value: Any, _: dict[str, Any]) -> float | int:
    try:
        number = float(value) if isinstance(value, str) else value
    except ValueError:
        raise BadValue("not_number") from None
    if type(number) not in (int, float) or not math.isfinite(number) or abs(number) > WHOLE:
        raise BadValue("not_number")
    return number


def day(value: Any, _: dict[str, Any]) -> str:
    try:
        return date.fromisoformat(value[:10] if isinstance(value, str) else "").isoformat()
    except ValueError:
        raise BadValue("not_date") from None


def one_of(value: Any, question: dict[str, Any]) -> str:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, str) or value not in {choice["name"] for choice in question["choices"]}:
        raise BadValue("not_a_choice")
    return value


def some_of(value: Any, question: dict[str, Any]) -> list[str]:
    """In the order of the form, each once."""
    chosen = value.split() if isinstance(value, str) else value
    offered = [choice["name"] for choice in question["choices"]]
    if not isinstance(chosen, list) or any(choice not in offered for choice in chosen):
        raise BadValue("not_a_choice")
    return [choice for choice in offered if choice in chosen]


READERS: dict[str, Callable[[Any, dict[str, Any]], Any]] = {
    "text": text, "image": text, "calculate": text, "integer": integer, "decimal": decimal, "date": day,
    "select_one": one_of, "select_multiple": some_of,
}
