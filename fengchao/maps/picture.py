"""A map as an SVG is written: everything that has an outline where it lies, the rest below it as a schematic."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from fengchao.engines.geometry import Datum

from . import schematic
from .labels import Label, fitting
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
class Picture:
    """`plane` is None when nothing has an outline; `undrawn` is where the schematic begins, 0 without a map above.
    `names` are of groups, `numbers` of buildings: those wait until one looks closely."""

    pieces: list[Piece]
    names: list[Label]
    numbers: list[Label]
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


def picture(found: Sequence[Thing], shades: Mapping[str, Shade], datum: Datum = Datum.WGS84,
            chosen: str = "") -> Picture:
    """`chosen`: the place somebody asked for; its name stands before all others."""
    drawn, rest = split(found)
    plane = Plane.over([thing.shape for thing in drawn if thing.shape is not None], datum) if drawn else None
    pieces = list(_outlined(plane, drawn, shades)) if plane else []
    names = list(_names(pieces))
    top = plane.height + BETWEEN if plane else 0.0
    known = {thing.key: thing for thing in found}
    boxes, across, bottom = schematic.draw(_groups(rest), top, plane.width if plane else 0.0)
    pieces += [_boxed(box, known[box.key], shades) for box in boxes if box.key in known]
    names += [(box.key, Label(box.name, box.x + box.width / 2, box.y + 20)) for box in boxes if box.panel]
    names.sort(key=_before(found, shades, chosen))
    built = sorted((piece for piece in pieces if piece.kind == "building"), key=lambda piece: -piece.shade.weight)
    letters = fitting([*(label for _, label in names), *(Label(one.thing.label, one.x, one.y) for one in built)])
    width = max(plane.width if plane else 0.0, across if boxes else 0.0)
    return Picture(pieces, letters[:len(names)], letters[len(names):], width, bottom if boxes else top - BETWEEN, plane,
                   top if boxes else None)


def _before(found: Sequence[Thing], shades: Mapping[str, Shade], chosen: str) -> Callable[[tuple[str, Label]], Any]:
    """Which group's name stands where two would meet: the one asked for, then that of the heaviest place."""
    heaviest: dict[str, int] = {}
    for thing in found:
        heaviest[thing.group[0]] = max(heaviest.get(thing.group[0], 0), shades[thing.key].weight)
    return lambda named: (named[0] != chosen, -heaviest.get(named[0], 0))


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


def _names(pieces: Sequence[Piece]) -> Iterator[tuple[str, Label]]:
    """The name of each group, in the middle of its places."""
    groups: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for piece in pieces:
        if piece.kind == "place":
            groups.setdefault(piece.thing.group, []).append((piece.x, piece.y))
    for (key, name), points in groups.items():
        x, y = np.median(points, axis=0).round(1).tolist()
        yield key, Label(name, x, y)


def _groups(rest: Sequence[Thing]) -> list[Group]:
    """A grid with nothing in it is a panel all the same."""
    groups: dict[tuple[str, str], list[Member]] = {}
    for thing in rest:
        members = groups.setdefault(thing.group, [])
        if thing.building:
            members.append(Member(thing.key, thing.label, thing.building.floors, thing.building.entrances))
        elif thing.key != thing.group[0]:
            members.append(Member(thing.key, thing.label))
    return [Group(key, name, tuple(members)) for (key, name), members in groups.items()]
