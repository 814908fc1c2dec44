"""The number of each thing on a map, for the layer chosen, and how it is shaded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from fengchao.base.places import DIGITS, Area
from fengchao.work.coverage import Coverage, by_building, by_place
from fengchao.work.models import Campaign

from .layers import PLAIN, Layer, Scale, Shade, open_by_building, open_by_place, people_by_place, value
from .things import Thing


@dataclass(frozen=True, slots=True)
class Numbers:
    figures: dict[str, Coverage]
    shades: dict[str, Shade]
    scale: Scale

    def lines(self, found: Sequence[Thing]) -> list[tuple[Thing, Shade, Coverage | None]]:
        """The same for those who read the map as a list."""
        return [(thing, self.shades[thing.key], self.figures.get(thing.key)) for thing in found]


def numbers(campaign: Campaign | None, found: Sequence[Thing], layer: Layer) -> Numbers:
    places = {thing.key: thing.area for thing in found if thing.building is None}
    built = [thing for thing in found if thing.building is not None]
    figures = _figures(campaign, found, bool(built)) if campaign else {}
    unfinished = _unfinished(found, bool(built)) if layer.code == "open" else {}
    people = people_by_place(places) if layer.code == "load" else {}
    values = {key: value(layer, figures.get(key), unfinished.get(key, 0), people.get(key, 0)) for key in places}
    for thing in built:  # the load is of the people of a grid: its buildings look as it does
        values[thing.key] = values.get(thing.group[0]) if layer.code == "load" else value(
            layer, figures.get(thing.key), unfinished.get(thing.key, 0), 1)
    scale = Scale(layer, (values[t.key] for t in built or found))
    nobody = {key for key, n in people.items() if n == 0}
    shades = {t.key: scale.shade(values[t.key], (t.group[0] if t.building else t.key) in nobody) for t in found}
    if built and layer.counts:  # what a whole grid counts would be off the scale of its buildings
        shades |= {key: replace(shades[key], step=PLAIN) for key in places}
    return Numbers(figures, shades, scale)


def _figures(campaign: Campaign, found: Sequence[Thing], near: bool) -> dict[str, Coverage]:
    if not found:
        return {}
    area = _around(found)
    known = {str(code): figures for code, figures in by_place(campaign, area, digits_of(found)).items()}
    return known | ({str(key): figures for key, figures in by_building(campaign, area).items()} if near else {})


def _unfinished(found: Sequence[Thing], near: bool) -> dict[str, int]:
    if not found:
        return {}
    area = _around(found)
    known = {str(code): n for code, n in open_by_place(area, 10 ** (DIGITS - digits_of(found))).items()}
    built: dict[UUID, int] = open_by_building(area) if near else {}
    return known | {str(key): n for key, n in built.items()}


def _around(found: Sequence[Thing]) -> Area:
    return Area(min(t.area.lo for t in found), max(t.area.hi for t in found))


def digits_of(found: Sequence[Thing]) -> int:
    """Of the code of a place on this map; all its places are of one level."""
    return next((len(thing.key) for thing in found if thing.building is None), DIGITS)
