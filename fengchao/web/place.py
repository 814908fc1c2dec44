"""Where a person is looking: a place of their duties, chosen in the header and remembered for the session."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from fengchao.areas import queries as areas
from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.places import COUNTRY, LEVELS, Area


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


def here(request: Any, actor: Actor) -> Place:
    """The place asked for by ?area=, else the one chosen last, else the first of the actor's duties.

    Raises Refused "not_found" for a place outside the actor's scope: that it exists is not said either.
    """
    asked = request.GET.get("area")
    if asked and not _inside(asked, actor):
        raise Refused("not_found")
    place = named([int(asked)])[0] if asked else remembered(request, actor)
    if request.session.get("area") != place.code:
        request.session["area"] = place.code
    request.place = place
    return place


def remembered(request: HttpRequest, actor: Actor) -> Place:
    kept = request.session.get("area")
    if kept is not None and _inside(kept, actor):
        return named([kept])[0]
    if not actor.scope:
        raise Refused("no_duty")
    return named([_code_of(actor.scope[0])])[0]


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
    """Places with their names, in the order given."""
    codes = list(codes)
    names = areas.names(code for code in codes if code)
    return [Place(code, names[code] if code else _("全国"), area_of(code)) for code in codes]


def path_to(place: Place, actor: Actor) -> list[Place]:
    """The place and the places around it that the actor may see, the widest first."""
    text = str(place.code) if place.code else ""
    codes = [int(text[:digits]) for digits in LEVELS if digits <= len(text)]
    return named([code for code in codes if _inside(code, actor)])


def below(place: Place, actor: Actor) -> list[Place]:
    """The next level down, as far as the actor sees it."""
    if place.level == "grid":
        return []
    if place.level == "community":
        found = [Place(grid.code, grid.name, area_of(grid.code)) for grid in areas.grids(place.area)]
    else:
        found = [Place(area.code or 0, row.name, area) for row in areas.children(place.area) for area in [row.area]]
    return [p for p in found if any(mine.lo < p.area.hi and p.area.lo < mine.hi for mine in actor.scope)]
