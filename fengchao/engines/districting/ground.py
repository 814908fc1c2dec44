"""The ground a search moves on: compounds as single sets, their neighbours, loads and who lives where today."""

from collections.abc import Sequence
from dataclasses import dataclass

from .adjacency import Edges, metres, neighbours, point_of
from .graph import components
from .model import Brief, Building, Remark
from .pieces import Link, Piece, settle

TRIFLE = 0.01  # households: what an empty building weighs when it stays where it is


@dataclass(frozen=True, slots=True)
class Ground:
    """`sets[u]` are the places in the list of buildings that stay together: a compound, or one building.

    `near[u]` are the neighbouring sets, `load[u]` what it weighs in the search, `today[u]` its households by today's
    grid. `pieces` are the connected parts, as sets, with the number of grids each gets; `edges` the neighbouring
    buildings; `links` pairs that nobody can walk between but that one grid may need; `share` what a grid should carry.
    """

    sets: tuple[tuple[int, ...], ...]
    near: tuple[tuple[int, ...], ...]
    load: tuple[float, ...]
    today: tuple[dict[int, float], ...]
    pieces: tuple[tuple[tuple[int, ...], int], ...]
    edges: Edges
    links: Edges
    share: float
    remarks: tuple[Remark, ...]


def survey(buildings: Sequence[Building], brief: Brief) -> Ground:
    sets, edges = _sets(buildings), neighbours(buildings, brief)
    count = min(brief.grids, len(sets))
    remarks = [Remark("too_many", {"asked": brief.grids, "sets": count})] if count < brief.grids else []
    weighed = [sum(weight_of(buildings[i], brief) for i in held) for held in sets]
    if not any(weighed):
        remarks.append(Remark("no_load"))
        weighed = [float(len(held)) for held in sets]
    load, share = _without_the_heavy(weighed, count, brief.tolerance)
    remarks += _heavy(buildings, sets, weighed, count, brief.tolerance)
    set_of = {i: u for u, held in enumerate(sets) for i in held}
    points = [point_of(building) for building in buildings]
    pieces, links = settle(
        [Piece(tuple(part), tuple(i for u in part for i in sets[u]), sum(load[u] for u in part))
         for part in components(range(len(sets)), _joined(edges, set_of))],
        points, share, brief.tolerance, count,
    )  # fmt: skip
    near: list[list[int]] = [[] for _ in sets]
    for a, b in sorted(_joined([*edges, *links], set_of)):
        near[a].append(b)
        near[b].append(a)
    return Ground(
        sets, tuple(map(tuple, near)), tuple(load), tuple(_today(buildings, held) for held in sets),
        tuple((tuple(sorted(piece.sets)), grids) for piece, grids in pieces), edges, _measured(links, points), share,
        tuple(remarks),
    )  # fmt: skip


def weight_of(building: Building, brief: Brief) -> float:
    return sum(load * weight for load, weight in zip(building.loads, brief.weights, strict=True))


def _sets(buildings: Sequence[Building]) -> tuple[tuple[int, ...], ...]:
    together: dict[tuple[str, int], list[int]] = {}
    for i, building in enumerate(buildings):
        together.setdefault((building.compound, -1 if building.compound else i), []).append(i)
    return tuple(map(tuple, together.values()))


def _joined(edges: Sequence[Link] | Edges, set_of: dict[int, int]) -> set[tuple[int, int]]:
    ends = ((set_of[i], set_of[j]) for i, j in edges)
    return {(min(a, b), max(a, b)) for a, b in ends if a != b}


def _measured(links: Sequence[Link], points: list) -> Edges:
    return {(min(link), max(link)): metres(points[link[0]], points[link[1]]) for link in links}


def _today(buildings: Sequence[Building], held: tuple[int, ...]) -> dict[int, float]:
    today: dict[int, float] = {}
    for i in held:
        if (grid := buildings[i].grid) is not None:
            today[grid] = today.get(grid, 0.0) + buildings[i].households + TRIFLE
    return today


def _without_the_heavy(load: list[float], count: int, tolerance: float) -> tuple[list[float], float]:
    """A set heavier than a grid may be is a grid of its own; what the others share is shared by the others.

    In the search it weighs just as much as a grid may carry, so that nothing is added to it.
    """
    heavy: set[int] = set()
    while True:
        share = sum(w for u, w in enumerate(load) if u not in heavy) / (count - len(heavy)) or sum(load) * 1e-9
        more = {u for u, w in enumerate(load) if u not in heavy and w > share * (1 + tolerance) * (1 + 1e-9)}
        if not more:
            return [share * (1 + tolerance) if u in heavy else w for u, w in enumerate(load)], share
        heavy |= more


def _heavy(buildings: Sequence[Building], sets: tuple[tuple[int, ...], ...], load: list[float], count: int,
           tolerance: float) -> list[Remark]:
    share = sum(load) / count
    return [
        Remark("too_heavy", {"key": buildings[held[0]].key, "buildings": len(held),
                             "percent": round(100 * weight / share)})
        for held, weight in zip(sets, load, strict=True) if weight > share * (1 + tolerance) * (1 + 1e-9)
    ]  # fmt: skip
