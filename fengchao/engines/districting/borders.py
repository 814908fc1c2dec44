"""Outlines that share a border: blocks of a map whose sides were drawn by different hands."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from math import dist

from .model import Line, Point

TOUCH = 1.0  # metres: two drawings of one border do not meet exactly
CELL = 50.0  # metres, or a 64th of the longest outline


def shared_borders(outlines: Sequence[Line]) -> set[tuple[int, int]]:
    """Pairs that touch along more than a point: corners of either lie on the other in two different places."""
    return {
        (one, other) for one, other in _near(outlines)
        if _long([c for c in outlines[one] if _on(c, outlines[other])]
                 + [c for c in outlines[other] if _on(c, outlines[one])])
    }  # fmt: skip


def _long(contact: list[Point]) -> bool:
    return any(dist(contact[0], corner) > 2 * TOUCH for corner in contact[1:])


def _on(corner: Point, outline: Line) -> bool:
    return any(_off(corner, a, b) <= TOUCH for a, b in zip(outline, outline[1:] + outline[:1], strict=True))


def _off(p: Point, a: Point, b: Point) -> float:
    """Metres from a point to a side."""
    x, y = b[0] - a[0], b[1] - a[1]
    length = x * x + y * y
    along = 0.0 if length == 0 else max(0.0, min(1.0, ((p[0] - a[0]) * x + (p[1] - a[1]) * y) / length))
    return dist(p, (a[0] + along * x, a[1] + along * y))


def _near(outlines: Sequence[Line]) -> set[tuple[int, int]]:
    """Pairs whose boxes meet, found through a lattice of cells."""
    boxes = {
        index: (min(x for x, _ in outline) - TOUCH, min(y for _, y in outline) - TOUCH,
                max(x for x, _ in outline) + TOUCH, max(y for _, y in outline) + TOUCH)
        for index, outline in enumerate(outlines) if outline
    }  # fmt: skip
    longest = max((max(east - west, north - south) for west, south, east, north in boxes.values()), default=0.0)
    cell = max(CELL, longest / 64)
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, (west, south, east, north) in boxes.items():
        for column in range(int(west // cell), int(east // cell) + 1):
            for row in range(int(south // cell), int(north // cell) + 1):
                cells[column, row].append(index)
    pairs = {pair for held in cells.values() for pair in combinations(held, 2)}
    return {(one, other) for one, other in pairs if _meet(boxes[one], boxes[other])}


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
