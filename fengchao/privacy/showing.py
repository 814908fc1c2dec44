"""Deeds of the trail as a line of the list."""

from typing import Any

from django.utils.translation import gettext

from fengchao.base.deeds import DEEDS, DETAILS, VALUES

LONG = 60  # characters of one detail that a line of the list bears


def deed_words(action: str) -> str:
    return str(DEEDS.get(action, action))


def detail_words(detail: dict[str, Any]) -> list[tuple[str, str]]:
    """The detail of an entry for one line of a list: what is many is counted, what is long is cut."""
    said = {key: value for key, value in detail.items() if value not in (None, "", [], {})}
    return [(str(DETAILS.get(key, key)), _short(value, VALUES.get(key, {}))) for key, value in said.items()]


def place_words(grid: int) -> str:
    """The code of the place: what concerns a whole community or street stands at its first, empty grid."""
    if not grid:
        return ""
    return str(grid // 1_000_000 if grid % 1_000_000 == 0 else grid // 1000 if grid % 1000 == 0 else grid)


def _short(value: Any, words: dict[str, Any]) -> str:
    if isinstance(value, list | dict) and len(value) > 3:
        return gettext("%(n)s 项") % {"n": len(value)}
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    text = ", ".join(str(words.get(str(one), one)) for one in (value if isinstance(value, list) else [value]))
    return text if len(text) <= LONG else f"{text[:LONG]}…"
