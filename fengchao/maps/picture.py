"""A map as an SVG is written: everything that has an outline where it lies, the rest below it as a schematic."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from fengchao.engines.geometry import Datum

from . import schematic
from .layers import Shade
from .plane import Plane, path
from .schematic import Group, Member
from .things import Thing, split

BETWEEN = 20.0  # units between the map and the schematic below it


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing as it is drawn. `storeys`: the lines of its floors; `x`, `y`: where its label stands."""

    thing: Thing
    kind: str  # place | building | panel
    d: str
    storeys: str
    x: float
    y: float
    shade: Shade


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """`plane` is None when nothing has an outline; `undrawn` is where the schematic begins, 0 without a map above."""

    pieces: list[Piece]
    labels: list[Label]
    width: float
    height: float
    plane: Plane | None
    undrawn: float | None

    @property
    def places(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind != "building"]

    @property
    def buildings(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind == "building"]


def picture(found: Sequence[Thing], shades: Mapping[str, Shade], datum: Datum = Datum.WGS84) -> Picture:
    drawn, rest = split(found)
    plane = Plane.over([thing.shape for thing in drawn if thing.shape is not None], datum) if drawn else None
    pieces = list(_outlined(plane, drawn, shades)) if plane else []
    labels = list(_labels(pieces))
    top = plane.height + BETWEEN if plane else 0.0
    known = {thing.key: thing for thing in found}
    boxes, across, bottom = schematic.draw(_groups(rest, known), top)
    pieces += [_boxed(box, known[box.key], shades) for box in boxes if box.key in known]
    labels += [Label(box.name, box.x + box.width / 2, box.y + 20) for box in boxes if box.panel]
    width = max(plane.width if plane else 0.0, across if boxes else 0.0)
    return Picture(pieces, labels, width, bottom if boxes else top - BETWEEN, plane, top if boxes else None)


def _outlined(plane: Plane, drawn: Sequence[Thing], shades: Mapping[str, Shade]) -> Iterator[Piece]:
    flat = plane.flat([thing.shape for thing in drawn])
    points = shapely.get_coordinates(shapely.point_on_surface(flat)).tolist()
    for thing, shape, (x, y) in zip(drawn, flat, points, strict=True):
        yield Piece(thing, "building" if thing.building else "place", path(shape), "", round(x, 1), round(y, 1),
                    shades[thing.key])


def _boxed(box: schematic.Box, thing: Thing, shades: Mapping[str, Shade]) -> Piece:
    kind = "building" if thing.building else "panel" if box.panel else "place"
    label_y = box.y + box.height + 7 if thing.building else box.y + box.height / 2 + 3
    return Piece(thing, kind, box.outline, box.storeys, round(box.x + box.width / 2, 1), round(label_y, 1),
                 shades[thing.key])


def _labels(pieces: Sequence[Piece]) -> Iterator[Label]:
    """Near, the name of each grid; from afar, that of each community in the middle of its grids."""
    places = [piece for piece in pieces if piece.kind == "place"]
    groups: dict[tuple[str, str], list[Piece]] = {}
    for piece in places:
        groups.setdefault(piece.thing.group, []).append(piece)
    if len(groups) <= 1:
        yield from (Label(piece.thing.label, piece.x, piece.y) for piece in places)
        return
    for (_, name), inside in groups.items():
        x, y = np.median([(piece.x, piece.y) for piece in inside], axis=0).round(1).tolist()
        yield Label(name, x, y)


def _groups(rest: Sequence[Thing], known: Mapping[str, Thing]) -> list[Group]:
    """Undrawn buildings by grid, undrawn grids by community. A grid with nothing in it is a panel all the same."""
    buildings = any(thing.building for thing in known.values())
    near = buildings or all(len(thing.group[0]) == 12 for thing in known.values()) and len(
        {thing.group for thing in known.values()}) == 1
    groups: dict[tuple[str, str], list[Member]] = {}
    for thing in rest:
        if thing.building:
            member = Member(thing.key, thing.label, thing.building.floors, thing.building.entrances)
            groups.setdefault(thing.group, []).append(member)
        elif near:
            groups.setdefault((thing.key, thing.name), [])
        else:
            groups.setdefault(thing.group, []).append(Member(thing.key, thing.label))
    return [Group(key, name, tuple(members)) for (key, name), members in groups.items()]
