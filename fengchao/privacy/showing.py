"""Deeds of the trail as a line of the list: words for codes, names for places and staff, short references for ids."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from fengchao.accounts.queries import names_of
from fengchao.areas.overlays import overlay_with_id
from fengchao.areas.queries import label, names
from fengchao.base.deeds import DEEDS, DETAILS, PAGES, VALUES
from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.web.templatetags.ui import figure

LONG = 60  # characters of one detail that a line of the list bears
TAIL = 6  # characters of an id that tell it from its neighbours on a page
PLACES = ("area", "into")  # details that are codes of places


@dataclass(frozen=True, slots=True)
class Line:
    entry: AuditEntry
    deed: str
    actor: str
    place: str
    code: str
    object: str  # a short reference, or the name when it is one of the staff
    href: str  # where it is shown, if anywhere
    detail: list[tuple[str, str]]


def lines(entries: Iterable[AuditEntry]) -> list[Line]:
    """With a query for the names of all staff that they mention, and one for those of all places."""
    entries = list(entries)
    staff = names_of(id_ for entry in entries for id_ in _ids(entry))
    codes = {entry.id: place_code(entry.grid) for entry in entries}
    places = names({int(code) for code in codes.values() if code})
    return [
        Line(entry, deed_words(entry.action), staff.get(entry.actor, "") if entry.actor else "",
             places[int(codes[entry.id])] if codes[entry.id] else "", codes[entry.id],
             _reference(entry.object, staff), _address(entry), detail_words(entry.detail, staff))
        for entry in entries
    ]


def deed_words(action: str) -> str:
    return str(DEEDS.get(action, action))


def detail_words(detail: dict[str, Any], staff: Mapping[UUID, str]) -> list[tuple[str, str]]:
    """The detail of an entry for one line of the list: what is many is counted, what is long is cut."""
    said = {key: value for key, value in detail.items() if value not in (None, "", [], {})}
    if {"lo", "hi"} <= said.keys():
        area = Area(int(said.pop("lo")), int(said.pop("hi")))
        said = {"area": area.code or f"{area.lo}–{area.hi - 1}"} | said
    words = ((str(DETAILS.get(key, key)), _short(key, value, staff)) for key, value in said.items())
    return [(label, text) for label, text in words if text]


def place_code(grid: int) -> str:
    """The code of the place: what concerns a whole community or street stands at its first, empty grid."""
    if not grid:
        return ""
    return str(grid // 1_000_000 if grid % 1_000_000 == 0 else grid // 1000 if grid % 1000 == 0 else grid)


def _short(key: str, value: Any, staff: Mapping[UUID, str]) -> str:
    if isinstance(value, list | dict) and len(value) > 3:
        return gettext("%(n)s 项") % {"n": len(value)}
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, int) and key not in PLACES:
        return figure(value)
    text = ", ".join(_one(key, str(one), staff) for one in (value if isinstance(value, list) else [value]))
    return text if len(text) <= LONG else f"{text[:LONG]}…"


def _one(key: str, text: str, staff: Mapping[UUID, str]) -> str:
    if key in PLACES:
        return _place(text)
    return str(VALUES.get(key, {}).get(text) or _reference(text, staff))


def _place(code: str) -> str:
    if code.isdecimal():
        name = label(int(code))
        return name if name == code else f"{name} {code}"
    overlay = overlay_with_id(code)
    return overlay.name if overlay else code


def _reference(text: str, staff: Mapping[UUID, str]) -> str:
    """What stands for an id: the name of one of the staff, else its end. What is no id stands for itself, unless it is
    a part of the program, which tells nobody anything."""
    if id_ := _id(text):
        return staff.get(id_) or f"…{text[-TAIL:]}"
    return "" if text.isascii() and text.isidentifier() and text.islower() else text


def _address(entry: AuditEntry) -> str:
    if entry.object.isdecimal():
        return f"{reverse('areas')}?area={entry.object}"
    page = PAGES.get(entry.action)
    return reverse(page, args=[entry.object]) if page and _id(entry.object) else ""


def _ids(entry: AuditEntry) -> list[UUID | None]:
    return [entry.actor, _id(entry.object), *(_id(value) for value in entry.detail.values() if isinstance(value, str))]


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if len(text) == 36 else None
    except ValueError:
        return None
