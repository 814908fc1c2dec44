"""What the national register does not know yet: communities in formation, new names, mergers."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max

from fengchao.base import audit, clock
from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.base.places import DIGITS

from ..models import DIGITS_OF, Division, FormerName
from ..queries import children, forget_names

NAME_LIMIT = 80
LOCAL_FROM = 900  # the register numbers its own lower


def add_division(*, by: Actor, parent: Division, name: str, forming: bool = False, short: str = "") -> Division:
    """The next local number below `parent`; `forming`: a community in formation (筹备组)."""
    by.require(P.MANAGE_AREAS, parent.area)
    name = clean_name(name)
    if parent.level >= Division.Level.COMMUNITY or parent.level < Division.Level.COUNTY:
        raise Refused("not_a_parent")
    if children(parent.area).filter(name=name).exists():
        raise Refused("place_exists", name=name)
    level = parent.level + 1
    unit = 10 ** (DIGITS - DIGITS_OF[level])
    lo = next_local(parent, level)
    try:
        with transaction.atomic():
            made = Division.objects.create(code=lo // 1000, name=name, short=short, level=level, lo=lo, hi=lo + unit,
                                           local=True, forming=forming, since=clock.today())
    except IntegrityError as taken:
        raise Refused("stale") from taken
    audit.write_one("division_added", str(made.digits), by=by, grid=lo, name=name, forming=forming)
    return made


def next_local(parent: Division, level: int) -> int:
    """The first grid number of the next local place below `parent`."""
    unit = 10 ** (DIGITS - DIGITS_OF[level])
    first = parent.lo + LOCAL_FROM * unit
    taken = Division.objects.filter(level=level, code__gte=first // 1000, code__lt=parent.hi // 1000)
    last = taken.aggregate(last=Max("lo"))["last"]
    lo = first if last is None else last + unit
    if lo >= parent.hi:
        raise Refused("no_number_left")
    return lo


def clean_name(name: str, limit: int = NAME_LIMIT) -> str:
    name = " ".join(name.split())
    if not name or len(name) > limit:
        raise Refused("name_needed", limit=limit)
    return name


def rename_division(*, by: Actor, division: Division, name: str, short: str | None = None) -> None:
    """The former name goes on finding the place."""
    by.require(P.MANAGE_AREAS, division.area)
    name = clean_name(name)
    if name != division.name:
        FormerName.objects.create(division=division, name=division.name, until=clock.today())
    values = {"name": name} | ({} if short is None else {"short": short.strip()})
    Division.objects.filter(id=division.id).update(by_hand=not division.local, **values)
    forget_names()
    audit.write_one("division_renamed", str(division.digits), by=by, grid=division.lo, old=division.name, **values)


def confirm_community(*, by: Actor, division: Division, name: str) -> None:
    """A community in formation has become one."""
    rename_division(by=by, division=division, name=name)
    Division.objects.filter(id=division.id).update(forming=False)
    audit.write_one("community_confirmed", str(division.digits), by=by, grid=division.lo)


def merge_divisions(*, by: Actor, gone: Division, into: Division) -> None:
    """From today `gone` is part of `into`. What stood under it keeps its codes, and is found under them."""
    for division in (gone, into):
        by.require(P.MANAGE_AREAS, division.area)
    if gone.level != into.level or gone.id == into.id:
        raise Refused("not_a_parent")
    if gone.until is not None:
        raise Refused("place_closed", name=gone.name)
    FormerName.objects.create(division=into, name=gone.name, until=clock.today())
    Division.objects.filter(id=gone.id).update(until=clock.today() - timedelta(days=1), merged_into=into.code,
                                               by_hand=not gone.local)
    forget_names()
    audit.write_one("division_merged", str(gone.digits), by=by, grid=gone.lo, into=into.digits)
