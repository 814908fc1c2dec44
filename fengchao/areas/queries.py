"""Places by code and by name, their way up and down the tree, and what a code is called."""

import time
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from fengchao.base import clock
from fengchao.base.errors import Refused
from fengchao.base.places import LEVELS, Area
from fengchao.base.ranges import inside

from .models import DIGITS_OF, Division, Grid

LEVEL_OF = {digits: level for level, digits in DIGITS_OF.items()}
GRID_DIGITS = 15
FRESH = 60.0  # seconds a name may be out of date after a rename
_names: dict[int, tuple[float, str]] = {}


def in_force(day: date | None = None) -> Q:
    day = day or clock.today()
    return (Q(since__isnull=True) | Q(since__lte=day)) & (Q(until__isnull=True) | Q(until__gte=day))


def divisions(day: date | None = None) -> QuerySet[Division]:
    return Division.objects.filter(in_force(day))


def grids(area: Area, day: date | None = None) -> QuerySet[Grid]:
    return Grid.objects.filter(in_force(day), inside(area, "code")).order_by("code")


def division(code: int | str) -> Division:
    """By its code of 2 to 12 digits, in force or not. Raises Refused."""
    text = str(code)
    if not text.isdecimal() or len(text) not in LEVEL_OF:
        raise Refused("bad_code", code=text[:20])
    found = Division.objects.filter(level=LEVEL_OF[len(text)], code=padded(text)).first()
    if found is None:
        raise Refused("place_unknown", name=text)
    return found


def padded(code: int | str) -> int:
    return int(str(code).ljust(12, "0"))


def exists(area: Area, day: date | None = None) -> bool:
    """Whether a division or grid with exactly this range is in force."""
    if area.code is None:
        return False
    digits = len(str(area.code))
    if digits == GRID_DIGITS:
        return grids(area, day).exists()
    return divisions(day).filter(code=padded(area.code), level=LEVEL_OF[digits]).exists()


def path(area: Area) -> list[Division]:
    """The divisions around an area, the widest first, itself included if it is one."""
    return paths([area])[area]


def paths(areas: Iterable[Area]) -> dict[Area, list[Division]]:
    """The path of each, with one query for all of them."""
    wanted = {area: _codes_around(area) for area in areas}
    codes = {code for pairs in wanted.values() for _, code in pairs}
    rows = Division.objects.filter(level__in=list(DIGITS_OF), code__in=codes) if codes else ()
    known = {(row.level, row.code): row for row in rows}
    return {area: [known[pair] for pair in pairs if pair in known] for area, pairs in wanted.items()}


def _codes_around(area: Area) -> list[tuple[int, int]]:
    units = {level: 10 ** (GRID_DIGITS - digits) for level, digits in DIGITS_OF.items()}
    return [(level, area.lo // unit * unit // 1000) for level, unit in units.items() if area.hi - area.lo <= unit]


def children(area: Area) -> QuerySet[Division]:
    """The divisions one level below; below the country, the provinces."""
    size = area.hi - area.lo
    level = next((lv for lv, digits in DIGITS_OF.items() if 10 ** (GRID_DIGITS - digits) < size), None)
    if level is None:
        return Division.objects.none()
    return within(area, [level]).order_by("code")


def within(area: Area, levels: Iterable[int] = DIGITS_OF) -> QuerySet[Division]:
    """Divisions whose range lies in an area, itself included."""
    codes = {"code__gte": area.lo // 1000, "code__lt": area.hi // 1000}
    return divisions().filter(level__in=list(levels), **codes, hi__lte=area.hi)


def names(codes: Iterable[int]) -> dict[int, str]:
    """What codes of any level are called; a code nobody knows is called by itself. Kept for a minute."""
    now = time.monotonic()
    wanted = set(codes)
    missing = {code for code in wanted if code not in _names or now - _names[code][0] > FRESH}
    if missing:
        found = _names_of_grids(missing) | _names_of_divisions(missing)
        _names.update({code: (now, name) for code, name in found.items()})
    return {code: _names[code][1] if code in _names else str(code) for code in wanted}


def label(code: int) -> str:
    return names([code])[code]


def forget_names() -> None:
    """After a rename, in this process; others follow within a minute."""
    _names.clear()


def _names_of_grids(codes: set[int]) -> dict[int, str]:
    wanted = [code for code in codes if len(str(code)) == GRID_DIGITS]
    return dict(Grid.objects.filter(code__in=wanted).values_list("code", "name")) if wanted else {}


def _names_of_divisions(codes: set[int]) -> dict[int, str]:
    wanted = {(padded(code), LEVEL_OF[len(str(code))]): code for code in codes if len(str(code)) in LEVEL_OF}
    if not wanted:
        return {}
    rows = Division.objects.filter(level__in={level for _, level in wanted}, code__in={code for code, _ in wanted})
    rows = rows.values_list("code", "level", "name")
    return {wanted[code, level]: name for code, level, name in rows if (code, level) in wanted}


def level_name(area: Area) -> str:
    """"grid", "community", ... for an area with a code."""
    return LEVELS[len(str(area.code))] if area.code else "country"
