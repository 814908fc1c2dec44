"""Grids are numbered inside their community and live from a day to a day; a number is never given twice."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max, Q

from fengchao.base import audit, clock
from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.base.places import Area, community_of

from ..models import Division, Grid
from ..queries import forget_names
from .divisions import clean_name

NAME_LIMIT = 60

# Apps above say whether a grid still holds something of theirs; each adds its question at start.
in_use: list[Callable[[int], bool]] = []


def require_names(given: Mapping[int, str], closing: Iterable[int] = ()) -> None:
    """No two open grids of a community bear one name: whoever writes the name in a list means one of them. `given`:
    grids with the names they shall have. Raises Refused "grid_name_taken"."""
    inside = Q(pk__in=[])
    for community in {community_of(code) for code in given}:
        inside |= Q(code__gte=community * 1000, code__lt=(community + 1) * 1000)
    others = Grid.objects.filter(inside, until=None).exclude(code__in=[*given, *closing])
    taken = {(community_of(code), name) for code, name in others.values_list("code", "name")}
    for code, name in given.items():
        if (community_of(code), name) in taken:
            raise Refused("grid_name_taken", name=name)
        taken.add((community_of(code), name))


def add_grid(*, by: Actor, community: Division, name: str, kind: str = Grid.Kind.BASE, since: date | None = None,
             code: int | None = None) -> Grid:
    """The next number of the community, unless a code is given (a list from the city names its own)."""
    by.require(P.MANAGE_AREAS, community.area)
    if community.level != Division.Level.COMMUNITY:
        raise Refused("not_a_parent")
    if community.until is not None:
        raise Refused("place_closed", name=community.name)
    code = code or _next_free(community.area)
    if code not in community.area or code == community.lo:
        raise Refused("bad_code", code=code)
    name = clean_name(name, NAME_LIMIT)
    require_names({code: name})
    grid = Grid(code=code, name=name, kind=Grid.Kind(kind), since=since or clock.today())
    try:
        with transaction.atomic():
            grid.save(force_insert=True)
    except IntegrityError as taken:
        raise Refused("place_exists", name=str(code)) from taken
    forget_names()
    audit.write_one("grid_added", str(code), by=by, grid=code, kind=grid.kind)
    return grid


def _next_free(community: Area) -> int:
    """Above every number ever given, closed grids included: old reports keep meaning what they said."""
    last = Grid.objects.filter(code__gte=community.lo, code__lt=community.hi).aggregate(last=Max("code"))["last"]
    code = (last or community.lo) + 1
    if code >= community.hi:
        raise Refused("no_number_left")
    return code


def rename_grid(*, by: Actor, grid: Grid, name: str) -> None:
    by.require(P.MANAGE_AREAS, grid.code)
    name = clean_name(name, NAME_LIMIT)
    require_names({grid.code: name})
    Grid.objects.filter(code=grid.code).update(name=name)
    forget_names()
    audit.write_one("grid_renamed", str(grid.code), by=by, grid=grid.code, old=grid.name, name=name)


def close_grid(*, by: Actor, grid: Grid, until: date | None = None) -> None:
    """`until` is its last day, today if nothing is said."""
    by.require(P.MANAGE_AREAS, grid.code)
    if grid.until is not None:
        raise Refused("place_closed", name=grid.name)
    if any(question(grid.code) for question in in_use):
        raise Refused("grid_in_use", name=grid.name)
    until = max(until or clock.today(), grid.since)
    Grid.objects.filter(code=grid.code).update(until=until)
    audit.write_one("grid_closed", str(grid.code), by=by, grid=grid.code, until=until)
