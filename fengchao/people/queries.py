"""Reading the register. Every query stays inside the actor's scope by itself: the policies see to it.

Only equality and ranges of plain columns are used for searching: under row-level security other operators (LIKE,
array operators) may not run before the policy and could not use an index.
"""

import re
from dataclasses import dataclass

from django.db.models import QuerySet

from fengchao.base.crypto import blind

from .models import Dwelling, Person

LIMIT = 50
LAST = "\U0010ffff"  # the greatest character: the end of a range of texts with a common beginning


def living() -> QuerySet[Person]:
    """People who count: not merged into another row, not moved away."""
    return Person.objects.filter(merged_into__isnull=True).exclude(presence="left")


@dataclass(frozen=True, slots=True)
class Found:
    people: list[Person]
    dwellings: list[Dwelling]
    by: str  # what the words were understood as: id, phone, tail, name, initials, door


DOOR = re.compile(r"""(?:(?P<building>[0-9A-Za-z一-龥]+?)[-#号栋幢座楼]+)?
 (?:(?P<entrance>\d+)(?:单元|-))?(?P<room>\d{2,5})室?""", re.VERBOSE)


def search(words: str, limit: int = LIMIT) -> Found:
    """People or doors for what somebody typed: an id, a phone, last digits, a name, initials, a door."""
    text = re.sub(r"\s+", "", words).upper()[:60]
    if re.fullmatch(r"\d{17}[\dX]|\d{15}|[A-Z]\d{8,10}", text):
        return Found(_people(limit, ric_blind=blind("ric", text)), [], "id")
    if re.fullmatch(r"1\d{10}", text):
        return Found(_people(limit, phone_blind=blind("phone", text)), [], "phone")
    if re.fullmatch(r"\d{3}[\dX]", text):
        return _by_tail(text, limit)
    if re.fullmatch(r"[A-Z]{1,20}", text):
        return Found(_people(limit, **_prefix("initials", text.lower())), [], "initials")
    if door := DOOR.fullmatch(text):
        return Found([], _doors(door, limit), "door")
    return Found(_people(limit, **_prefix("name", text)), [], "name") if text else Found([], [], "name")


def _by_tail(text: str, limit: int) -> Found:
    people = _people(limit, phone_tail=blind("phone_tail", text))
    people += [p for p in _people(limit, ric_tail=blind("ric_tail", text)) if p not in people]
    doors = list(Dwelling.objects.filter(room=text).select_related("building").order_by("grid", "walk")[:limit])
    return Found(people[:limit], doors, "tail")


def _people(limit: int, **condition: object) -> list[Person]:
    rows = Person.objects.filter(merged_into__isnull=True, **condition).select_related("dwelling", "building")
    return list(rows[:limit])


def _prefix(column: str, text: str) -> dict[str, str]:
    return {f"{column}__gte": text, f"{column}__lt": text + LAST}


def _doors(door: re.Match[str], limit: int) -> list[Dwelling]:
    rows = Dwelling.objects.filter(room=door["room"]).select_related("building")
    if door["building"]:
        rows = rows.filter(building__number=door["building"])
    if door["entrance"]:
        rows = rows.filter(entrance=door["entrance"])
    return list(rows.order_by("grid", "walk")[:limit])
