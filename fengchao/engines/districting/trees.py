"""Cutting connected ground in two along a random spanning tree: both sides hang together whatever the cut.

The move at the heart of ReCom: D. DeFord, M. Duchin, J. Solomon, "Recombination: a family of Markov chains for
redistricting", 2019. Here the tree is grown from a random frontier, which makes it bushy and its cuts round.
"""

from collections.abc import Collection, Sequence
from random import Random

from .ground import Ground

TRIES = 12


def grow(nodes: Sequence[int], inside: Collection[int], near: Sequence[Sequence[int]], rng: Random,
         ) -> tuple[list[int], dict[int, int]]:
    """A random spanning tree of connected `nodes`: in the order of growing, and who each hangs on (-1: the root)."""
    draw = rng.random
    root = nodes[int(draw() * len(nodes))]
    order, parent = [root], {root: -1}
    frontier = [(root, other) for other in near[root] if other in inside]
    while frontier:
        at = int(draw() * len(frontier))
        frontier[at], frontier[-1] = frontier[-1], frontier[at]
        above, node = frontier.pop()
        if node in parent:
            continue
        parent[node] = above
        order.append(node)
        frontier += [(node, other) for other in near[node] if other in inside and other not in parent]
    return order, parent


def below(node: int, order: Sequence[int], parent: dict[int, int]) -> set[int]:
    """The side of a tree that hangs on a node."""
    side = {node}
    for other in order:
        if parent[other] in side:
            side.add(other)
    return side


def divide(nodes: Sequence[int], grids: int, ground: Ground, tolerance: float, rng: Random) -> list[list[int]]:
    """Connected nodes into so many connected parts of about equal load, by halves; at least as many nodes as parts."""
    done, waiting = [], [(list(nodes), grids)]
    while waiting:
        part, k = waiting.pop()
        if k == 1:
            done.append(part)
            continue
        side, low = _halves(part, k, ground, tolerance, rng)
        waiting.append(([u for u in part if u in side], low))
        waiting.append(([u for u in part if u not in side], k - low))
    return done


def _halves(part: list[int], k: int, ground: Ground, tolerance: float, rng: Random) -> tuple[set[int], int]:
    """One side of the best cut of several trees and how many grids it gets: even first, then nearly half."""
    inside, whole, size = set(part), sum(ground.load[u] for u in part), len(part)
    best: tuple[tuple[float, float, float], set[int], int] | None = None
    for _ in range(TRIES):
        order, parent = grow(part, inside, ground.near, rng)
        load, count = {u: ground.load[u] for u in order}, dict.fromkeys(order, 1)
        found = best[0] if best else (float("inf"), 0.0, 0.0)
        cut = None
        for u in reversed(order[1:]):
            load[parent[u]] += load[u]
            count[parent[u]] += count[u]
            low = round(k * load[u] / whole) if whole else 1
            low = min(max(low, 1, k - size + count[u]), count[u], k - 1)
            off = max(abs(load[u] / low * k - whole), abs((whole - load[u]) / (k - low) * k - whole)) / (whole or 1)
            rank = (max(0.0, off - tolerance / 3), abs(2 * low - k), off)
            if rank < found:
                found, cut = rank, (u, low)
        if cut:
            best = found, below(cut[0], order, parent), cut[1]
        if best and best[0][0] == 0 and best[0][1] <= 1:
            break
    assert best is not None, "a tree of two nodes or more has an edge"
    return best[1], best[2]
