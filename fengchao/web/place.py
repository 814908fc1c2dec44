"""Where a person is looking: a place of their duties, chosen in the header and remembered for the session."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from fengchao.areas.models import Division, Grid
from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.places import COUNTRY, DIGITS, LEVELS, Area

LEVEL_OF = {2: 1, 4: 2, 6: 3, 9: 4, 12: 5}  # length of a code -> level of the register


@dataclass(frozen=True, slots=True)
class Place:
    """A division or grid with its name; code 0 is the country."""

    code: int
    name: str
    area: Area

    @property
    def level(self) -> str:
        return LEVELS[len(str(self.code))] if self.code else "country"

    @property
    def lo(self) -> int:
        return self.area.lo


def here(request: HttpRequest, actor: Actor) -> Place:
    """The place asked for by ?area=, else the one chosen last, else the first of the actor's duties.

    Raises Refused "not_found" for a place outside the actor's scope: that it exists is not said either.
    """
    asked = request.GET.get("area")
    place = _named(asked, actor) if asked else _remembered(request, actor)
    request.session["area"] = place.code
    request.place = place
    return place


def _remembered(request: HttpRequest, actor: Actor) -> Place:
    kept = request.session.get("area")
    if kept and _inside(kept, actor):
        return named([kept])[0]
    if not actor.scope:
        raise Refused("no_duty")
    return _named(str(_code_of(actor.scope[0])), actor)


def _named(text: str, actor: Actor) -> Place:
    if not _inside(text, actor):
        raise Refused("not_found")
    return named([int(text)])[0]


def _inside(text: object, actor: Actor) -> bool:
    try:
        area = area_of(int(str(text)))
    except ValueError:
        return False
    return any(mine.covers(area) for mine in actor.scope)


def area_of(code: int) -> Area:
    return Area.of(code) if code else COUNTRY


def _code_of(area: Area) -> int:
    """The code of an area; of an overlay without one, its first community."""
    return 0 if area == COUNTRY else area.code or area.lo // 1000


def named(codes: Iterable[int]) -> list[Place]:
    """Places with their names, in the order given; one query for divisions, one for grids."""
    codes = list(codes)
    names = _division_names([c for c in codes if len(str(c)) < DIGITS])
    if grids := [c for c in codes if len(str(c)) == DIGITS]:
        names |= dict(Grid.objects.filter(code__in=grids).values_list("code", "name"))
    return [Place(c, names.get(c, str(c)) if c else _("全国"), area_of(c)) for c in codes]


def _division_names(codes: list[int]) -> dict[int, str]:
    padded = {int(str(c).ljust(12, "0")): c for c in codes if c}
    levels = set(LEVEL_OF.values())  # the index is led by the level
    rows = Division.objects.filter(level__in=levels, code__in=padded).values_list("code", "level", "name")
    return {padded[code]: name for code, level, name in rows if level == LEVEL_OF[len(str(padded[code]))]}


def path_to(place: Place, actor: Actor) -> list[Place]:
    """The place and the places around it that the actor may see, the widest first."""
    text = str(place.code) if place.code else ""
    codes = [int(text[:digits]) for digits in LEVELS if digits <= len(text)]
    return named([code for code in codes if _inside(code, actor)])


def below(place: Place, actor: Actor) -> list[Place]:
    """The next level down, inside the actor's scope."""
    areas = [area for area in actor.scope if area.lo < place.area.hi and place.area.lo < area.hi]
    found = _grids(place) if place.level == "community" else _divisions(place)
    return [p for p in found if any(area.lo < p.area.hi and p.area.lo < area.hi for area in areas)]


def _grids(place: Place) -> list[Place]:
    today = clock.today()
    rows = Grid.objects.filter(code__gte=place.area.lo, code__lt=place.area.hi).order_by("code")
    return [Place(g.code, g.name, area_of(g.code)) for g in rows if g.until is None or g.until >= today]


def _divisions(place: Place) -> list[Place]:
    digits = len(str(place.code)) if place.code else 0
    if digits >= 12:
        return []
    level = LEVEL_OF[digits] + 1 if digits else 1
    length = next(length for length, of in LEVEL_OF.items() if of == level)
    inside = Division.objects.filter(level=level, code__gte=place.area.lo // 1000, code__lt=place.area.hi // 1000)
    return [Place(code, name, area_of(code)) for code, name in
            ((row.code // 10 ** (12 - length), row.name) for row in inside.order_by("code"))]
