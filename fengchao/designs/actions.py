"""A design is asked for, and drawn."""

from dataclasses import asdict

from fengchao.base.actor import Actor
from fengchao.base.audit import write_one
from fengchao.base.errors import Refused
from fengchao.base.jobs import Report, silent
from fengchao.base.permissions import Permission as P
from fengchao.base.places import Area
from fengchao.engines.districting import propose
from fengchao.people.models import Building

from . import houses
from .asking import Asked
from .models import Design


def ask(*, by: Actor, area: Area, asked: Asked) -> Design:
    """Kept with what it was asked for; the drawing is a job, `draw`."""
    _require(by, area)
    if area.hi - area.lo != 1000:
        raise Refused("design_community")
    if not Building.objects.filter(grid__gte=area.lo, grid__lt=area.hi).exists():
        raise Refused("design_no_buildings")
    made = Design.objects.create(grid=area.lo, brief=asked.kept(), by=by.id, by_name=by.name)
    write_one("design_asked", made.id, by=by, grid=area.lo, grids=asked.grids)
    return made


def draw(*, by: Actor, design: Design, report: Report = silent) -> None:
    """The proposals, from the register as it is now."""
    _require(by, design.area)
    asked = Asked.of(design.brief)
    found = houses.houses(design.area)
    proposals = propose(houses.sites(found, asked), houses.brief(asked), asked.seed, report)
    result = {"houses": [house.kept(asked) for house in found], "proposals": [asdict(one) for one in proposals]}
    Design.objects.filter(id=design.id).update(result=result)
    write_one("design_drawn", design.id, by=by, grid=design.grid, proposals=len(proposals))


def _require(by: Actor, area: Area) -> None:
    """Who may change grids, and sees who lives in them: otherwise nobody seems to live there."""
    by.require(P.MANAGE_AREAS, area)
    by.require(P.SEE_PEOPLE, area)
