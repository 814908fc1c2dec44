"""A proposal drawn: each building a dot, joined to the next of its grid, on its place or in walking order."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Any

Spot = tuple[float, float]  # units of the sheet, y downwards
SIDE, MARGIN = 400.0, 18.0
COLOURS = ("#0b6b53", "#b5541c", "#1f5fa8", "#8a2c7d", "#7a6a00", "#a3243b", "#3d6b1f", "#4a4fb0")


@dataclass(frozen=True, slots=True)
class Stroke:
    """One grid: `dots` and `lines` are SVG paths; `label` stands at `at`."""

    label: str
    colour: str
    dots: str
    lines: str
    at: Spot


@dataclass(frozen=True, slots=True)
class Picture:
    width: float
    height: float
    dot: float
    strokes: tuple[Stroke, ...]


def spots(houses: Sequence[dict[str, Any]]) -> tuple[list[Spot], bool]:
    """Where each building is drawn, and whether that is where it stands. If any has no point, all are laid out in
    walking order, to and fro like a plough, so that neighbours in the order are neighbours on the sheet."""
    points = [house["point"] for house in houses]
    if not all(points):
        across = max(1, ceil(sqrt(len(points) * 1.3)))
        step = (SIDE - 2 * MARGIN) / max(1, across - 1)
        return [(MARGIN + step * (i % across if i // across % 2 == 0 else across - 1 - i % across),
                 MARGIN + step * (i // across)) for i in range(len(points))], False
    west, north = min(x for x, _ in points), max(y for _, y in points)
    wide = max(max(x for x, _ in points) - west, north - min(y for _, y in points)) or 1.0
    unit = (SIDE - 2 * MARGIN) / wide
    return [(MARGIN + (x - west) * unit, MARGIN + (north - y) * unit) for x, y in points], True


def draw(places: Sequence[Spot], proposal: dict[str, Any], labels: Sequence[str]) -> Picture:
    held: list[list[int]] = [[] for _ in proposal["grids"]]
    for i, g in enumerate(proposal["grid_of"]):
        held[g].append(i)
    colours = _colours(places, proposal)
    strokes = tuple(
        Stroke(labels[g], COLOURS[colours[g]], "".join(f"M{places[i][0]:.0f} {places[i][1]:.0f}h0" for i in mine),
               "".join(f"M{places[i][0]:.0f} {places[i][1]:.0f}L{places[j][0]:.0f} {places[j][1]:.0f}"
                       for i, j in proposal["grids"][g]["proof"]), _middle([places[i] for i in mine]))
        for g, mine in enumerate(held)
    )
    dot = min(18.0, max(5.0, 0.55 * SIDE / sqrt(len(places) or 1)))
    return Picture(SIDE, max(y for _, y in places) + MARGIN, dot, strokes)


def _middle(mine: Sequence[Spot]) -> Spot:
    """The building nearest to the middle, so that a label never stands in somebody else's grid."""
    x, y = sum(a for a, _ in mine) / len(mine), sum(b for _, b in mine) / len(mine)
    return min(mine, key=lambda spot: (spot[0] - x) ** 2 + (spot[1] - y) ** 2)


def _colours(places: Sequence[Spot], proposal: dict[str, Any]) -> list[int]:
    """For each grid the colour least used near it, so that neighbours differ where eight colours can do it."""
    middles = [
        _middle([places[i] for i, of in enumerate(proposal["grid_of"]) if of == g])
        for g in range(len(proposal["grids"]))
    ]
    given: list[int] = []
    for g, (x, y) in enumerate(middles):
        near = sorted(range(g), key=lambda h: (middles[h][0] - x) ** 2 + (middles[h][1] - y) ** 2)
        taken = [given[h] for h in near]
        given.append(max(range(len(COLOURS)), key=lambda c: taken.index(c) if c in taken else len(taken) + 1))
    return given
