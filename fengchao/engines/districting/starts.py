"""Where a search begins: from nothing, or from the grids of today."""

from collections.abc import Sequence
from random import Random

from .graph import components
from .ground import Ground
from .matching import continued
from .trees import divide

Start = tuple[list[int], list[int | None]]  # the grid of every set, and the number of today that each grid continues


def afresh(ground: Ground, tolerance: float, rng: Random) -> Start:
    parts = [part for piece, k in ground.pieces for part in divide(piece, k, ground, tolerance, rng)]
    return numbered(parts, len(ground.sets)), continued([_today(part, ground) for part in parts])


def from_today(ground: Ground, tolerance: float, rng: Random) -> Start:
    """Today's grids, as far as they hang together; light ones joined or heavy ones divided until there are enough."""
    parts: list[list[int]] = []
    for piece, count in ground.pieces:
        kept = _joined(_of_today(piece, ground), count, ground)
        for part, k in zip(kept, _shares(kept, count, ground), strict=True):
            parts += divide(part, k, ground, tolerance, rng)
    return numbered(parts, len(ground.sets)), continued([_today(part, ground) for part in parts])


def numbered(parts: list[list[int]], sets: int) -> list[int]:
    of = [0] * sets
    for g, part in enumerate(parts):
        for u in part:
            of[u] = g
    return of


def _of_today(piece: Sequence[int], ground: Ground) -> list[list[int]]:
    """The connected parts of today's grids; a compound belongs where most of its households do."""
    mine = {u: max(ground.today[u], key=lambda grid: ground.today[u][grid], default=None) for u in piece}
    same = ((u, v) for u in piece for v in ground.near[u] if u < v and mine[u] == mine.get(v, -1))
    return components(piece, same)


def _joined(parts: list[list[int]], count: int, ground: Ground) -> list[list[int]]:
    """The lightest part and its lightest neighbour become one, until there are not more than `count`."""
    at = {u: i for i, part in enumerate(parts) for u in part}
    live = {i: (list(part), sum(ground.load[u] for u in part)) for i, part in enumerate(parts)}
    while len(live) > count:
        light = min(live, key=lambda i: (live[i][1], i))
        beside = {at[v] for u in live[light][0] for v in ground.near[u] if at.get(v, light) != light}
        into = min(beside, key=lambda i: (live[i][1], i))
        gone, load = live.pop(light)
        live[into] = live[into][0] + gone, live[into][1] + load
        at.update(dict.fromkeys(gone, into))
    return [part for part, _ in live.values()]


def _shares(parts: list[list[int]], count: int, ground: Ground) -> list[int]:
    """How many grids each part becomes: one more, again and again, where they would be the heaviest."""
    loads, given = [sum(ground.load[u] for u in part) for part in parts], [1] * len(parts)
    for _ in range(count - len(parts)):
        able = (i for i, part in enumerate(parts) if given[i] < len(part))
        given[max(able, key=lambda i: loads[i] / given[i])] += 1
    return given


def _today(part: list[int], ground: Ground) -> dict[int, float]:
    today: dict[int, float] = {}
    for u in part:
        for grid, households in ground.today[u].items():
            today[grid] = today.get(grid, 0.0) + households
    return today
