"""Conditions on ranges of grids: one range is two comparisons, several are as many pairs of them."""

from typing import Any

from django.db import models
from django.db.models import Q

from .places import Area, multirange


def inside(area: Area, column: str = "grid") -> Q:
    """Rows of an area. Place-bound ones need only its bounds (base.scope.look_at); this is for the others."""
    found = Q()
    for part in area.parts:
        found |= Q(**{f"{column}__gte": part.lo, f"{column}__lt": part.hi})
    return found


def touching(area: Area) -> Q:
    """Rows about a range lo..hi that has something in common with an area."""
    found = Q()
    for part in area.parts:
        found |= Q(lo__lt=part.hi, hi__gt=part.lo)
    return found


class GroundField(models.Field):
    """The ranges of a place that has several; NULL where lo..hi are all there is to say."""

    def db_type(self, connection: Any) -> str:
        return "int8multirange"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> tuple[Area, ...] | None:
        return None if value is None else tuple(Area(part.lower, part.upper) for part in value)

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else multirange(value)


@GroundField.register_lookup
class Meets(models.Lookup):
    """Has a grid in common with an area."""

    lookup_name = "meets"
    operator = "&&"

    def get_prep_lookup(self) -> str:
        return multirange(self.rhs.parts)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        sql, params = self.process_lhs(compiler, connection)
        return f"{sql} {self.operator} %s::int8multirange", (*params, self.rhs)


@GroundField.register_lookup
class Inside(Meets):
    """Has every grid in one of several areas."""

    lookup_name = "inside"
    operator = "<@"

    def get_prep_lookup(self) -> str:
        return multirange(self.rhs)
