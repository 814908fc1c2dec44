"""What a division means to people: loads, who changes grid, how far there is to walk, and the proof that it holds."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import isnan

from .adjacency import Edges, metres, point_of
from .ground import TRIFLE, Ground, weight_of
from .matching import continued
from .model import Brief, Building, Proposal, ProposedGrid, Remark
from .wedged import wedged

Tree = list[tuple[int, int]]
TRIFLING = 1e-9  # sums in another order differ in the last digits


def proposal(buildings: Sequence[Building], brief: Brief, ground: Ground, of: Sequence[int]) -> Proposal:
    """`of[u]` is the grid of each set of `ground`. Everything else is counted anew from the buildings."""
    grid_of, held_by = _unpacked(ground, of)
    keeps = continued([_today(buildings, held) for held in held_by])
    load = [sum(weight_of(buildings[i], brief) for i in held) for held in held_by]
    share = sum(load) / len(load)
    steps = _steps(buildings, ground)
    proofs = shortest_trees(grid_of, len(held_by), steps)
    grids = tuple(
        _grid([buildings[i] for i in held], keep, weight, weight / share - 1 if share else 0.0, proof, steps)
        for held, keep, weight, proof in zip(held_by, keeps, load, proofs, strict=True)
    )
    off, apart = max(abs(grid.off) for grid in grids), [p for proof in proofs for p in proof if p in ground.links]
    within = off <= brief.tolerance + TRIFLING
    beyond = _beyond(ground, of, brief.tolerance)
    remarks = [*ground.remarks, *(_apart(buildings, pair, ground) for pair in apart)]
    if not within:
        remarks += [_uneven(off), *_wedged(buildings, ground, beyond, brief)]
    walks = [grid.walk for grid in grids if grid.walk is not None]
    return Proposal(
        (), tuple(grid_of), grids, tuple(remarks), off,
        sum(abs(grid.off) for grid in grids) / len(grids), len(beyond),
        sum(grid.arriving for grid in grids), sum(grid_of[i] != grid_of[j] for i, j in ground.edges),
        sum(walks) if len(walks) == len(grids) else None,
        not apart and all(len(proof) == grid.buildings - 1 for proof, grid in zip(proofs, grids, strict=True)), within,
    )  # fmt: skip


def _beyond(ground: Ground, of: Sequence[int], tolerance: float) -> list[list[int]]:
    """The sets of each grid that is off by more than the tolerance, in the search's own measure: see `Ground.load`."""
    parts: dict[int, list[int]] = {}
    for u, g in enumerate(of):
        parts.setdefault(g, []).append(u)
    return [part for part in parts.values()
            if abs(sum(ground.load[u] for u in part) / ground.share - 1) > tolerance + TRIFLING]


def _unpacked(ground: Ground, of: Sequence[int]) -> tuple[list[int], list[list[int]]]:
    """Grids are numbered in the order of their first buildings, whatever numbers the search gave them."""
    of_building = {i: of[u] for u, held in enumerate(ground.sets) for i in held}
    held_by: dict[int, list[int]] = {}
    for i in sorted(of_building):
        held_by.setdefault(of_building[i], []).append(i)
    number = {g: n for n, g in enumerate(held_by)}
    return [number[of_building[i]] for i in sorted(of_building)], list(held_by.values())


def _today(buildings: Sequence[Building], held: list[int]) -> dict[int, float]:
    today: dict[int, float] = {}
    for building in (buildings[i] for i in held):
        if building.grid is not None:
            today[building.grid] = today.get(building.grid, 0.0) + building.households + TRIFLE
    return today


def _grid(mine: list[Building], keeps: int | None, load: float, off: float, proof: Tree, steps: Edges) -> ProposedGrid:
    walk = sum(steps[pair] for pair in proof)
    return ProposedGrid(
        keeps, len(mine), sum(building.households for building in mine),
        sum(building.households for building in mine if building.grid is not None and building.grid != keeps),
        tuple(map(sum, zip(*(building.loads for building in mine), strict=True))), load, off,
        None if isnan(walk) else walk, tuple(proof),
    )  # fmt: skip


def _steps(buildings: Sequence[Building], ground: Ground) -> Edges:
    """Every step a grid may hang together by, the best kind first: between neighbours, inside a compound, and last
    those nobody can walk."""
    points = [point_of(building) for building in buildings]
    inside = {pair: metres(points[pair[0]], points[pair[1]]) for held in ground.sets for pair in pairwise(held)}
    return _shortest_first(ground.edges) | _shortest_first(inside | ground.edges) | ground.links


def _shortest_first(edges: Edges) -> Edges:
    return dict(sorted(edges.items(), key=lambda edge: (isnan(edge[1]), edge[1], edge[0])))


def shortest_trees(grid_of: Sequence[int], grids: int, steps: Edges) -> list[Tree]:
    """For each grid the tree of the fewest metres over its buildings (Kruskal), steps taken in their order."""
    above = list(range(len(grid_of)))

    def top(i: int) -> int:
        while above[i] != i:
            above[i] = i = above[above[i]]
        return i

    trees: list[Tree] = [[] for _ in range(grids)]
    for i, j in steps:
        if grid_of[i] == grid_of[j] and (a := top(i)) != (b := top(j)):
            above[a] = b
            trees[grid_of[i]].append((i, j))
    return trees


def _apart(buildings: Sequence[Building], pair: tuple[int, int], ground: Ground) -> Remark:
    far, (one, other) = ground.links[pair], (buildings[i].key for i in pair)
    return Remark("apart", {"one": one, "other": other, "metres": None if isnan(far) else round(far)})


def _uneven(off: float) -> Remark:
    return Remark("uneven", {"percent": round(100 * off)})


def _wedged(buildings: Sequence[Building], ground: Ground, beyond: list[list[int]], brief: Brief) -> Iterator[Remark]:
    """Of each grid beyond the tolerance its heaviest set, if that fits nowhere."""
    for u in (max(part, key=lambda u: ground.load[u]) for part in beyond):
        if wedged(u, ground, brief.tolerance):
            yield Remark("wedged", {"key": buildings[ground.sets[u][0]].key, "buildings": len(ground.sets[u]),
                                    "percent": round(100 * ground.load[u] / ground.share)})
