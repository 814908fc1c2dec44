"""Ground that is a row, such as buildings of which only the walking order is known: the best division, not a search."""

from collections.abc import Callable, Sequence
from math import inf

from .ground import Ground

LONGEST = 3000  # sets: what is longer is searched, so that the time stays bounded
BAND = 1.5  # shares: how far the first j grids together may be from j shares


def in_order(piece: Sequence[int], ground: Ground) -> list[int] | None:
    """The sets of a piece from one end to the other, None if it is no row."""
    if len(piece) > LONGEST or any(len(ground.near[u]) > 2 for u in piece):
        return None
    ends = [u for u in piece if len(ground.near[u]) < 2]
    if not ends:
        return None  # a ring
    order, before = [ends[0]], -1
    while after := [v for v in ground.near[order[-1]] if v != before]:
        before = order[-1]
        order.append(after[0])
    return order


def divide_row(order: Sequence[int], grids: int, ground: Ground, price: Callable[[float, float], float],
               ) -> list[list[int]]:
    """The runs whose prices come to the least. `price` is told the load of a run and how many households of it are not
    of the grid of today that most are of.

    Dynamic programming over (sets so far, grids so far); far from its share a beginning is not followed.
    """
    before = [0.0]
    for u in order:
        before.append(before[-1] + ground.load[u])
    share = before[-1] / grids or 1.0
    best = _filled(order, grids, ground, price, lambda i, j: abs(before[i] / share - j) <= BAND)
    if (len(order), grids) not in best:
        best = _filled(order, grids, ground, price, lambda i, j: True)
    runs, i = [], len(order)
    for j in range(grids, 0, -1):
        start = best[i, j][1]
        runs.append(list(order[start:i]))
        i = start
    return runs[::-1]


def _filled(order: Sequence[int], grids: int, ground: Ground, price: Callable[[float, float], float],
            followed: Callable[[int, int], bool]) -> dict[tuple[int, int], tuple[float, int]]:
    """(sets, grids) -> the least price of so many sets in so many grids, and where the last of them begins."""
    best: dict[tuple[int, int], tuple[float, int]] = {(0, 0): (0.0, 0)}
    by_end: list[list[int]] = [[0]]
    for i in range(1, len(order) + 1):
        ending: dict[int, tuple[float, int]] = {}
        load = 0.0
        today: dict[int, float] = {}
        for start in range(i - 1, -1, -1):
            u = order[start]
            load += ground.load[u]
            for grid, households in ground.today[u].items():
                today[grid] = today.get(grid, 0.0) + households
            if load > 2 * BAND * ground.share and len(ending) > 0:
                break
            paid = price(load, sum(today.values()) - max(today.values(), default=0.0)) if by_end[start] else inf
            for j in by_end[start]:
                total = best[start, j][0] + paid
                if j < grids and followed(i, j + 1) and total < ending.get(j + 1, (inf, 0))[0]:
                    ending[j + 1] = total, start
        best |= {(i, j): found for j, found in ending.items()}
        by_end.append(sorted(ending))
    return best
