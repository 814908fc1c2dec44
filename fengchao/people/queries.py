"""Reading the register. Every query stays inside the actor's scope by itself: the policies see to it."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Coalesce

from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.base.sql import run

from .models import Building, Dwelling, Person, Premises, Residence

LIMIT = 50
NO_DOOR = UUID(int=0)  # stands for the door of somebody whose door is not known


def living() -> QuerySet[Person]:
    """People who count: not merged into another row, not moved away."""
    return Person.objects.filter(merged_into__isnull=True).exclude(presence="left")


TWICE = """SELECT array_agg(id) FROM people_person
WHERE grid >= %s AND grid < %s AND ric_blind IS NOT NULL AND merged_into_id IS NULL AND presence <> 'left'
GROUP BY ric_blind HAVING count(DISTINCT grid / 1000) > 1 ORDER BY min(id::text) LIMIT %s"""


def in_two_places(area: Area, limit: int = LIMIT) -> list[list[Person]]:
    """People registered in more than one community of the area under one id, whoever was confirmed last first."""
    with connection.cursor() as cursor:
        cursor.execute(TWICE, [area.lo, area.hi, limit])
        groups = [ids for (ids,) in cursor.fetchall()]
    rows = Person.objects.select_related("building", "dwelling").in_bulk([id_ for ids in groups for id_ in ids])
    return [sorted((rows[id_] for id_ in ids), key=lambda p: (p.confirmed or date.min, p.id), reverse=True)
            for ids in groups]


def people_in(area: Area, building: Building | None = None) -> QuerySet[Person]:
    """Whoever counts in an area, or in one building of it, with their door; `door` orders households together."""
    rows = Person.objects.filter(merged_into__isnull=True, grid__gte=area.lo, grid__lt=area.hi)
    if building:
        rows = rows.filter(building=building)
    door = Coalesce("dwelling_id", Value(NO_DOOR), output_field=UUIDField())
    return rows.select_related("dwelling", "building").annotate(door=door)


PRESENCE = """SELECT presence, count(*) FROM people_person
WHERE merged_into_id IS NULL AND grid >= %s AND grid < %s GROUP BY 1"""


def presence_in(area: Area) -> dict[str, int]:
    """How many people are present, away, returned, gone. Counted: ask it of a community, not of a city."""
    return dict(run(PRESENCE, [area.lo, area.hi]).fetchall())


def premises_in(area: Area) -> QuerySet[Premises]:
    """Closed ones too."""
    return Premises.objects.filter(grid__gte=area.lo, grid__lt=area.hi).select_related("building")


def buildings_with_people(area: Area) -> list[tuple[Building, int]]:
    """The buildings of an area in walking order, each with how many people it holds."""
    people = Person.objects.filter(merged_into__isnull=True, grid__gte=area.lo, grid__lt=area.hi)
    counted = dict(people.order_by().values_list("building").annotate(n=Count("id")))
    rows = Building.objects.filter(grid__gte=area.lo, grid__lt=area.hi).order_by("grid", "seq", "name")
    return [(building, counted.get(building.id, 0)) for building in rows]


def lived_here(dwelling: Dwelling, now: Iterable[UUID]) -> QuerySet[Residence]:
    """Who lived behind this door before, the last first."""
    rows = Residence.objects.filter(dwelling=dwelling, until__isnull=False).exclude(person__in=list(now))
    return rows.select_related("person").order_by("-until")[:50]


def duplicates_of(person: Person) -> list[Person]:
    """Rows that may be the same person: the same name here, or the same phone."""
    same = Q(name=person.name, grid=person.grid)
    if person.phone_blind:
        same |= Q(phone_blind=person.phone_blind, name=person.name)
    rows = Person.objects.filter(same, merged_into__isnull=True).exclude(id=person.id)
    return list(rows.select_related("dwelling", "building")[:10])


def deeds_about(row: Person | Premises) -> list[AuditEntry]:
    """What was done to a row and who looked at it, the last first: what the person concerned can be shown."""
    return list(AuditEntry.objects.filter(object=str(row.id)).order_by("-id")[:50])
