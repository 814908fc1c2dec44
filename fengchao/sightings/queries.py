"""Reading what does not agree: the three lists, what might explain a line, the sources, and the estimate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, Q, QuerySet
from django.db.models.expressions import RawSQL

from fengchao.base.places import Area
from fengchao.base.ranges import touching
from fengchao.people.models import Person
from fengchao.people.queries import living

from .models import Estimate, Sighting, Source
from .rules import TWO_PLACES, UNSEEN, unseen

HINTS = 3  # people shown beside somebody whom the register does not know


def strangers_in(area: Area) -> QuerySet[Sighting]:
    """Seen and not registered, and nobody has said yet that they do not live here."""
    rows = Sighting.objects.filter(person=None, dismissed="", grid__gte=area.lo, grid__lt=area.hi)
    return rows.select_related("source", "building", "dwelling")


def dismissed_in(area: Area) -> QuerySet[Sighting]:
    rows = Sighting.objects.filter(person=None, grid__gte=area.lo, grid__lt=area.hi).exclude(dismissed="")
    return rows.select_related("source", "building", "dwelling")


def unseen_in(area: Area, days: int) -> QuerySet[Person]:
    """Registered, and seen by no source nor verified for so many days, in buildings that some source covers."""
    return _people(area, UNSEEN, unseen(days))


def two_places_in(area: Area) -> QuerySet[Person]:
    return _people(area, TWO_PLACES, [])


def _people(area: Area, rule: str, params: Sequence[Any]) -> QuerySet[Person]:
    holds = RawSQL(rule.format(p="people_person"), params, output_field=BooleanField())  # our own text: see rules
    rows = living().filter(holds, grid__gte=area.lo, grid__lt=area.hi)
    return rows.select_related("building", "dwelling")


@dataclass(frozen=True, slots=True)
class Hint:
    """Somebody of the register who may be meant: the same phone, the same door and initials, or one who left."""

    person: Person
    why: str


def hints(strangers: Sequence[Sighting]) -> dict[UUID, list[Hint]]:
    """For a page of strangers, in one statement. A hint is for a person to judge; it matches nothing by itself."""
    phones = {bytes(s.phone_blind) for s in strangers if s.phone_blind}
    ids = {bytes(s.ric_blind) for s in strangers if s.ric_blind}
    doors = {s.dwelling_id for s in strangers if s.dwelling_id}
    initials = {s.initials for s in strangers if s.dwelling_id}
    if not strangers:
        return {}
    wanted = Q(phone_blind__in=phones) | Q(ric_blind__in=ids) | Q(dwelling__in=doors, initials__in=initials)
    people = list(Person.objects.filter(wanted, merged_into__isnull=True).select_related("building", "dwelling")[:500])
    return {s.id: [Hint(p, why) for p in people if (why := _likeness(s, p))][:HINTS] for s in strangers}


def _likeness(seen: Sighting, person: Person) -> str:
    if seen.ric_blind and person.ric_blind and bytes(seen.ric_blind) == bytes(person.ric_blind):
        return "left" if person.presence == "left" else "id"
    if seen.phone_blind and person.phone_blind and bytes(seen.phone_blind) == bytes(person.phone_blind):
        return "phone"
    same_door = seen.dwelling_id is not None and seen.dwelling_id == person.dwelling_id
    return "pinyin" if same_door and seen.initials == person.initials else ""


def elsewhere(people: Sequence[Person]) -> dict[UUID, list[tuple[str, str, date | None]]]:
    """Where else each of them is: (source or nothing for the register, door in words, when)."""
    found: dict[UUID, list[tuple[str, str, date | None]]] = {p.id: [] for p in people}
    home = {p.id: p.dwelling_id for p in people}
    seen = Sighting.objects.filter(person__in=found, dwelling__isnull=False, dismissed="")
    for s in seen.select_related("source", "dwelling", "building"):
        if s.person_id and s.dwelling_id != home[s.person_id]:
            found[s.person_id].append((s.source.name, _door(s), s.seen_on))
    by_id = {bytes(p.ric_blind): p.id for p in people if p.ric_blind}
    for other in living().filter(ric_blind__in=by_id).exclude(id__in=found).select_related("dwelling", "building"):
        found[by_id[bytes(other.ric_blind or b"")]].append(("", _door(other), other.confirmed))
    return found


def _door(row: Sighting | Person) -> str:
    return f"{row.building.compound if row.building else ''}{row.dwelling.label if row.dwelling else ''}"


def last_seen(people: Iterable[UUID]) -> dict[UUID, Sighting]:
    """The latest sighting of each, if there is one."""
    rows = Sighting.objects.filter(person__in=list(people)).order_by("person", "-seen_on").distinct("person")
    return {row.person_id: row for row in rows.select_related("source") if row.person_id}


def sources_in(area: Area) -> QuerySet[Source]:
    """With how many people each has seen there, and how many of them are not registered."""
    there = Q(sightings__grid__gte=area.lo, sightings__grid__lt=area.hi)
    strangers = there & Q(sightings__person=None, sightings__dismissed="")
    rows = Source.objects.filter(touching(area)).order_by("-seen_on")
    return rows.annotate(people=Count("sightings", filter=there), strangers=Count("sightings", filter=strangers))


def estimates_in(area: Area) -> QuerySet[Estimate]:
    """As they were kept when something changed: one row a community, read by the board."""
    return Estimate.objects.filter(grid__gte=area.lo // 1000 * 1000, grid__lt=area.hi).order_by("grid")
