"""The places themselves in a re-gridding: grids that begin, end and change their name, communities that are founded."""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Greatest

from fengchao.base import clock
from fengchao.base.errors import Refused
from fengchao.base.places import community_of

from ..models import Division, Grid
from ..plans import Founding, Plan
from ..queries import division, in_force, padded
from .divisions import NAME_LIMIT as DIVISION_NAME
from .divisions import clean_name
from .grids import NAME_LIMIT, require_names

ONE_DAY = timedelta(days=1)


def street_of(founding: Founding) -> Division:
    return division(founding.code // 1000)


def check(plan: Plan, *, reserved: bool = False) -> None:
    """Whether the plan fits the grids there are today. Raises Refused. `reserved`: its own numbers are taken by it."""
    there = {grid.code: grid for grid in Grid.objects.filter(code__in=plan.grids)}
    open_now = set(Grid.objects.filter(in_force(), code__in=plan.grids, until=None).values_list("code", flat=True))
    opened = {o.code for o in plan.openings}
    for code in sorted(plan.grids - opened - open_now):
        raise Refused("place_closed", name=there[code].name) if code in there else Refused("bad_code", code=code)
    if not reserved and (taken := opened & set(there)):
        raise Refused("regrid_number_taken", code=min(taken))
    _check_communities(plan)
    for opening in plan.openings:
        Grid.Kind(opening.kind)
    given = [(o.code, o.name) for o in plan.openings] + list(plan.names)
    require_names({code: clean_name(name, NAME_LIMIT) for code, name in given}, plan.closings)
    for founding in plan.foundings:
        clean_name(founding.name, DIVISION_NAME)
        street_of(founding)


def _check_communities(plan: Plan) -> None:
    founded = {f.code for f in plan.foundings}
    communities = {community_of(o.code) for o in plan.openings} - founded
    rows = Division.objects.filter(in_force(), level=Division.Level.COMMUNITY, code__in=communities | founded)
    known = set(rows.values_list("code", flat=True))
    for code in communities - known:
        raise Refused("bad_code", code=code)
    for opening in plan.openings:
        if opening.code % 1000 == 0 or not 10**14 <= opening.code < 10**15:
            raise Refused("bad_code", code=opening.code)


def open_all(plan: Plan, since: date) -> None:
    """The numbers are taken; grids and communities are in force from `since`."""
    try:
        with transaction.atomic():
            Division.objects.bulk_create(
                Division(code=padded(f.code), name=clean_name(f.name), level=Division.Level.COMMUNITY, lo=f.area.lo,
                         hi=f.area.hi, local=True, forming=f.forming, since=since) for f in plan.foundings)
            Grid.objects.bulk_create(
                Grid(code=o.code, name=clean_name(o.name, NAME_LIMIT), kind=o.kind, since=since)
                for o in plan.openings)
    except IntegrityError as taken:
        raise Refused("regrid_number_taken", code=min(plan.grids)) from taken


def shift(plan: Plan, since: date) -> None:
    _opened(plan).update(since=since)
    _founded(plan).update(since=since)


def end_all(plan: Plan) -> None:
    """What the plan opened ends: yesterday, or before it began."""
    _opened(plan).update(until=Greatest(clock.today() - ONE_DAY, F("since") - ONE_DAY))
    _founded(plan).update(until=clock.today() - ONE_DAY)


def _opened(plan: Plan) -> Any:
    return Grid.objects.filter(code__in=[o.code for o in plan.openings])


def _founded(plan: Plan) -> Any:
    return Division.objects.filter(level=Division.Level.COMMUNITY, code__in=[f.code for f in plan.foundings])


def apply(plan: Plan, *, reserved: bool) -> dict[str, Any]:
    """Opens, closes and renames. Returns what `take_back` needs. A closed grid ended yesterday: today's doors are in
    the grids that came after it, and yesterday's reports find it in force."""
    today = clock.today()
    if reserved:
        shift(plan, today)
    else:
        open_all(plan, today)
    named = dict(Grid.objects.filter(code__in=[code for code, _ in plan.names]).values_list("code", "name"))
    Grid.objects.filter(code__in=plan.closings).update(until=Greatest(today - ONE_DAY, F("since") - ONE_DAY))
    Grid.objects.bulk_update(
        [Grid(code=code, name=clean_name(name, NAME_LIMIT)) for code, name in plan.names], ["name"])
    return {"names": [[code, name] for code, name in named.items()]}


def take_back(plan: Plan, before: dict[str, Any]) -> None:
    end_all(plan)
    closed = Grid.objects.filter(code__in=plan.closings).values_list("code", "name")
    require_names(dict([*closed, *before["names"]]))
    Grid.objects.filter(code__in=plan.closings).update(until=None)
    Grid.objects.bulk_update([Grid(code=code, name=name) for code, name in before["names"]], ["name"])
