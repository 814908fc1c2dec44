"""Where a person is looking: a place of their duties, chosen in the header and remembered for the session.

A place of the tree is one range. An overlay may be several: then the transaction itself is narrowed to them
(base.scope.look_at), and every page reads it by its bounds like any other place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from fengchao.areas import queries as areas
from fengchao.areas.models import Overlay
from fengchao.areas.overlays import overlay_with_id, overlays_on
from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.places import COUNTRY, LEVELS, UNITS, Area, common
from fengchao.base.places import codes as codes_of
from fengchao.base.scope import look_at

COMMUNITY = 1000  # numbers of grids a community holds


@dataclass(frozen=True, slots=True)
class Place:
    """A division or grid with its name, code 0 being the country; or an overlay, which goes by its id."""

    code: Any  # a number; of an overlay, text
    name: str
    area: Area

    @property
    def level(self) -> str:
        if isinstance(self.code, str):
            return "overlay"
        return LEVELS[len(str(self.code))] if self.code else "country"

    @property
    def overlay(self) -> UUID | None:
        return UUID(self.code) if self.level == "overlay" else None

    @property
    def narrow(self) -> bool:
        """No wider than a community: buildings and people can be looked at one by one."""
        return self.area.grids <= COMMUNITY

    @property
    def lo(self) -> int:
        return self.area.lo


def here(request: Any, actor: Actor) -> Place:
    """The place asked for by ?area=, else the one chosen last, else the first of the actor's duties.

    Raises Refused "not_found" for a place outside the actor's scope: that it exists is not said either.
    """
    asked = request.GET.get("area")
    place = _seen(asked, actor) if asked else remembered(request, actor)
    if place is None:
        raise Refused("not_found")
    if request.session.get("area") != place.code:
        request.session["area"] = place.code
    if len(place.area.parts) > 1:
        look_at(place.area)
    request.place = place
    return place


def remembered(request: HttpRequest, actor: Actor) -> Place:
    kept = request.session.get("area")
    place = _seen(kept, actor, ended=False) if kept is not None else None
    if place:
        return place
    if not actor.scope:
        raise Refused("no_duty")
    first = actor.scope[0]
    if first.code is None and first != COUNTRY and (over := [p for p in overlays(actor) if p.area.covers(first)]):
        return over[0]  # their duty is for an overlay
    return named([_code_of(first)])[0]


def _seen(code: object, actor: Actor, *, ended: bool = True) -> Place | None:
    """What a code names, as far as the actor sees it: the whole of a place of the tree, or any part of an overlay."""
    if _inside(code, actor):
        return named([int(str(code))])[0]
    overlay = overlay_with_id(str(code))
    if overlay is None or not (ended or overlay.in_force(clock.today())) or not sees(actor, overlay.ground):
        return None
    return laid_over(overlay)


def laid_over(overlay: Overlay) -> Place:
    return Place(str(overlay.id), overlay.name, overlay.ground)


def overlays(actor: Actor) -> list[Place]:
    """Those that may be chosen: in force, with something in them that the actor sees."""
    return [laid_over(row) for row in overlays_on(actor.scope)]


def sees(actor: Actor, area: Area) -> bool:
    """Whether anything of it is the actor's to see."""
    return any(mine.meets(area) for mine in actor.scope)


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
    names = {code: _own_name(code) for code in codes}
    names |= areas.names(code for code, name in names.items() if not name)
    return [Place(code, names[code], area_of(code)) for code in codes]


def _own_name(code: int) -> str:
    """Of what has none in the register: the country, and number 000 of a community, where what is in no grid stands."""
    if not code:
        return _("全国")
    return _("本社区（住处不明）") if LEVELS[len(str(code))] == "grid" and code % COMMUNITY == 0 else ""


def path_to(place: Place, actor: Actor) -> list[Place]:
    """The place and the places around it that the actor may see, the widest first."""
    if place.level == "overlay":
        codes = [place.lo // unit for unit in UNITS if place.lo // unit == (place.area.hi - 1) // unit]
        return [*named(code for code in codes if _inside(code, actor)), place]
    text = str(place.code) if place.code else ""
    codes = [int(text[:digits]) for digits in LEVELS if digits <= len(text)]
    return named([code for code in codes if _inside(code, actor)])


def below(place: Place, actor: Actor) -> list[Place]:
    """The next level down, as far as the actor sees it; of an overlay, the places it consists of."""
    if place.level == "overlay":
        return named(code for part in common(place.area.parts, actor.scope) for code in codes_of(part))
    if place.level == "grid":
        return []
    if place.level == "community":
        found = [Place(grid.code, grid.name, area_of(grid.code)) for grid in areas.grids(place.area)]
    else:
        found = [Place(area.code or 0, row.name, area) for row in areas.children(place.area) for area in [row.area]]
    return [p for p in found if sees(actor, p.area)]
