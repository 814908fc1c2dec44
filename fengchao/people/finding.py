"""Who or which door is meant by the words in the search box.

Only equality and ranges of plain columns are used: under row-level security other operators (LIKE, array operators) may
not run before the policy and could not use an index.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from fengchao.base.crypto import blind
from fengchao.engines.address import Gazetteer, parse
from fengchao.engines.address.door import plain
from fengchao.engines.address.text import fold

from .models import Dwelling, Person
from .queries import LIMIT

LAST = "\U0010ffff"  # the greatest character: the end of a range of texts with a common beginning
NOWHERE_ELSE = Gazetteer.of([])  # streets and communities need no names here: the searcher's scope says where
SAYS_WHICH = frozenset(("number", "building", "entrance", "room"))


@dataclass(frozen=True, slots=True)
class Found:
    people: list[Person]
    dwellings: list[Dwelling]
    by: str  # what the words were understood as: id, phone, tail, name, initials, door


def search(words: str, limit: int = LIMIT) -> Found:
    """People or doors for what somebody typed: an id, a phone, last digits, a name, initials, an address."""
    text = re.sub(r"\s+", "", fold(words)).upper()[:60]
    if re.fullmatch(r"\d{17}[\dX]|\d{15}|[A-Z]\d{8,10}", text):
        return Found(_people(limit, ric_blind=blind("ric", text)), [], "id")
    if re.fullmatch(r"1\d{10}", text):
        return Found(_people(limit, phone_blind=blind("phone", text)), [], "phone")
    if re.fullmatch(r"\d{3}[\dX]", text):
        return _by_tail(text, limit)
    if re.fullmatch(r"[A-Z]{1,20}", text):
        return Found(_people(limit, **_prefix("initials", text.lower())), [], "initials")
    return _by_address_or_name(text, limit) if text else Found([], [], "name")


def _by_tail(text: str, limit: int) -> Found:
    people = _people(limit, Q(phone_tail=blind("phone_tail", text)) | Q(ric_tail=blind("ric_tail", text)))
    return Found(people, _doors(limit, Q(room=text)), "tail")


def _by_address_or_name(text: str, limit: int) -> Found:
    """Without a number neither a compound nor a road (张路) can be told from a person: both are looked for."""
    said = {"room": text} if re.fullmatch(r"\d{2,5}", text) else parse(text, NOWHERE_ELSE).parts
    if said.keys() & SAYS_WHICH:
        return Found([], _doors(limit, _door(said)), "door")
    return Found(_people(limit, **_prefix("name", text)), _doors(limit, _called(text)), "name")


def _door(said: Mapping[str, str]) -> Q:
    """The doors an address means. A village is a community to a reader of addresses and a compound to the register."""
    found, which = Q(), {part: plain(words) for part, words in said.items() if part in SAYS_WHICH}
    if where := said.get("compound") or said.get("road") or said.get("community"):
        found &= _called(where)
    if number := which.get("number"):  # of a house; one that stands alone has no other name
        found &= Q(building__house_number=f"{number}号") | Q(building__number=number)
    if building := which.get("building"):
        found &= Q(building__number=building)
    if entrance := which.get("entrance"):
        found &= Q(entrance=entrance)
    return found & Q(room=which["room"]) if which.get("room") else found


def _called(name: str) -> Q:
    """Doors of a compound or along a road whose name begins so."""
    return Q(**_prefix("building__compound", name)) | Q(**_prefix("building__road", name))


def _people(limit: int, *conditions: Q, **condition: object) -> list[Person]:
    """With their doors, fetched afterwards: to plan the three joined under their policies takes longer than to read."""
    rows = Person.objects.filter(*conditions, merged_into__isnull=True, **condition)
    return list(rows.prefetch_related("dwelling", "building")[:limit])


def _doors(limit: int, condition: Q) -> list[Dwelling]:
    return list(Dwelling.objects.filter(condition).select_related("building").order_by("grid", "walk")[:limit])


def _prefix(column: str, text: str) -> dict[str, str]:
    return {f"{column}__gte": text, f"{column}__lt": text + LAST}
