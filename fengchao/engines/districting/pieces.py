"""Ground that does not hang together: how many grids each piece gets, and which pieces must share one.

A piece stands alone if some whole number of grids gives each of them an equal load within the tolerance. A piece that
cannot (an island of three households) is joined to what is nearest; the proposal says so where a grid needs it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, dist, floor, inf

from .model import Point

EPSILON = 1e-9
Link = tuple[int, int]  # two buildings with water, a wall or too many metres between them


@dataclass(frozen=True, slots=True)
class Piece:
    sets: tuple[int, ...]
    buildings: tuple[int, ...]
    load: float

    def grids(self, share: float, tolerance: float) -> range:
        """The numbers of grids it can carry."""
        least = max(1, ceil(self.load / (share * (1 + tolerance)) - EPSILON))
        most = min(len(self.sets), floor(self.load / (share * (1 - tolerance)) + EPSILON))
        return range(least, most + 1)

    def __add__(self, other: "Piece") -> "Piece":
        return Piece(self.sets + other.sets, self.buildings + other.buildings, self.load + other.load)


def settle(pieces: Iterable[Piece], points: Sequence[Point | None], share: float, tolerance: float, count: int,
           ) -> tuple[list[tuple[Piece, int]], list[Link]]:
    """Every piece with its number of grids, `count` in all, and the links that were laid between pieces."""
    pieces = list(pieces)
    links: list[Link] = []
    while len(pieces) > 1:
        ranges = [piece.grids(share, tolerance) for piece in pieces]
        lost = [piece for piece, able in zip(pieces, ranges, strict=True) if not able]
        if not lost and sum(able[0] for able in ranges) <= count <= sum(able[-1] for able in ranges):
            return _shared_out(pieces, ranges, count), links
        small = min(lost or pieces, key=lambda piece: piece.load)
        pieces.remove(small)
        link, nearest = _nearest(small, pieces, points)
        pieces[nearest] += small
        links.append(link)
    return [(piece, count) for piece in pieces], links


def _shared_out(pieces: list[Piece], ranges: list[range], count: int) -> list[tuple[Piece, int]]:
    """One more, again and again, to the piece whose grids would be the heaviest."""
    given = [able[0] for able in ranges]
    for _ in range(count - sum(given)):
        more = max((i for i, able in enumerate(ranges) if given[i] < able[-1]), key=lambda i: pieces[i].load / given[i])
        given[more] += 1
    return list(zip(pieces, given, strict=True))


def _nearest(small: Piece, pieces: list[Piece], points: Sequence[Point | None]) -> tuple[Link, int]:
    """The shortest way to another piece, and its place; where nothing has a point, to the next in the list."""
    best, link, found = inf, (small.buildings[0], pieces[0].buildings[0]), 0
    outside = [(q, b, i) for i, piece in enumerate(pieces) for b in piece.buildings if (q := points[b])]
    for a in small.buildings:
        if p := points[a]:
            far, b, i = min(((dist(p, q), b, i) for q, b, i in outside), default=(inf, 0, 0))
            if far < best:
                best, link, found = far, (a, b), i
    return link, found
