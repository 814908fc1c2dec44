"""Several different ways to divide the same buildings, each with its measures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from random import Random
from time import monotonic

from .ground import Ground, survey
from .measure import proposal
from .model import Brief, Building, Proposal, Remark
from .prices import Prices
from .row import divide_row, in_order
from .search import Search
from .starts import afresh, from_today, numbered

MARGIN = 1e-6  # sums in another order differ in the last digit
INSIDE = 0.97  # a search aims a little inside the tolerance: what is left over at the end still fits
LEAST, MOST, RUNS = 60, 300, 8  # steps a set that are worth a run of its own; steps a set that are enough; most runs
STRICT, LOOSE = 1000.0, 0.05  # within the tolerance before all else; as one wish among others
ROUNDS, PAIRS, PAIR = 8, 40, 500  # rounds after the first search; most pairs cut anew in each, one for so many steps


@dataclass(frozen=True, slots=True)
class Aim:
    """What a proposal is best at. `strict` is the part of the tolerance its search tries to stay within; `promise` is
    what its name says, the less the better: a search weighs several things, and may find what serves another better."""

    promise: Callable[[Proposal], float | tuple[float, ...]]
    prices: Prices
    strict: float
    heat: float  # at first a change for the worse by this much is taken more often than not
    keeps_today: bool


def _evenness(one: Proposal) -> tuple[float, ...]:
    """Where a compound that fits nowhere decides the largest deviation, the others count."""
    return round(one.off, 9), round(one.usual, 9)


AIMS = {
    "near": Aim(lambda one: one.moved, Prices(uneven=0.1, cut=0.05, move=60.0), strict=1.0, heat=0.5, keeps_today=True),
    "compact": Aim(lambda one: one.cut, Prices(uneven=1.0, cut=1.0, move=0.0), strict=1.0, heat=1.0, keeps_today=False),
    "even": Aim(_evenness, Prices(uneven=100.0, cut=0.5, move=0.0), strict=0.3, heat=0.7, keeps_today=False),
}


def propose(buildings: Sequence[Building], brief: Brief, seed: int = 0,
            report: Callable[[int, int], object] = lambda done, total: None) -> list[Proposal]:
    """For each of `AIMS` the best division found, the same for the same input and seed; what is best for two once.

    "near" moves the fewest households of all, "compact" has the shortest borders, "even" the most equal loads. What
    cannot hold stands in a proposal's remarks. `report` is told how many of how many aims are done. Raises ValueError
    for input that means nothing: a key twice, a load that is negative or not finite, one for which there is no weight.
    """
    _sensible(buildings, brief)
    if not buildings:
        return [Proposal((*AIMS,), (), (), (Remark("no_buildings"),), 0.0, 0.0, 0, 0, 0, None, True, True)]
    began, ground = monotonic(), survey(buildings, brief)
    found: dict[tuple[int, ...], Proposal] = {}
    for number, (name, aim) in enumerate(AIMS.items(), 1):
        until = began + brief.seconds * number / len(AIMS)
        of = _in_rows(ground, brief, aim) or _best(ground, brief, aim, Random(f"{seed} {name}"), until)
        one = proposal(buildings, brief, ground, of)
        if monotonic() > until:
            one = replace(one, remarks=(*one.remarks, Remark("out_of_time")))
        found.setdefault(one.grid_of, one)
        report(number, len(AIMS))
    return _chosen(list(found.values()))


def _chosen(found: Sequence[Proposal]) -> list[Proposal]:
    """Each aim takes what keeps its promise best, of those that fail fewest of the conditions; nobody's goes."""
    fewest = min(map(_failing, found))
    able = [one for one in found if _failing(one) == fewest]
    serves: dict[tuple[int, ...], list[str]] = {}
    for name, aim in AIMS.items():
        serves.setdefault(min(able, key=aim.promise).grid_of, []).append(name)
    of = {one.grid_of: one for one in able}
    return [replace(of[key], aims=tuple(names)) for key, names in serves.items()]


def _failing(one: Proposal) -> tuple[bool, int]:
    return not one.contiguous, one.beyond


def _in_rows(ground: Ground, brief: Brief, aim: Aim) -> list[int] | None:
    """The best division of ground that is all rows; None where it is not."""
    rows = [(order, grids) for piece, grids in ground.pieces if (order := in_order(piece, ground))]
    if len(rows) < len(ground.pieces):
        return None
    tolerance = brief.tolerance * aim.strict - MARGIN
    parts = _runs(ground, rows, aim, tolerance, STRICT)
    if aim.keeps_today and any(_off(part, ground) > tolerance for part in parts):
        parts = _runs(ground, rows, aim, tolerance, LOOSE)  # it cannot be within: then not at any price
    return numbered(parts, len(ground.sets))


def _runs(ground: Ground, rows: list[tuple[list[int], int]], aim: Aim, tolerance: float, strictness: float,
          ) -> list[list[int]]:
    move = aim.prices.household(ground, sum(grids for _, grids in rows))

    def price(load: float, leaving: float) -> float:
        return aim.prices.load(abs(load / ground.share - 1), tolerance, strictness) + move * leaving

    return [part for order, grids in rows for part in divide_row(order, grids, ground, price)]


def _off(part: list[int], ground: Ground) -> float:
    return abs(sum(ground.load[u] for u in part) / ground.share - 1)


def _best(ground: Ground, brief: Brief, aim: Aim, rng: Random, until: float) -> list[int]:
    """The best of as many runs as the steps allow."""
    runs = max(1, min(RUNS, brief.steps // (LEAST * len(ground.sets))))
    steps = min(brief.steps // runs, MOST * len(ground.sets))
    best: Search | None = None
    for turn in range(runs):
        begin = from_today if aim.keeps_today and turn % 2 == 0 else afresh
        of, keeps = begin(ground, brief.tolerance, rng)
        one = Search(ground, of, keeps, brief.tolerance * aim.strict * INSIDE, aim.prices, rng, until)
        if aim.keeps_today and one.nothing_to_do(brief.tolerance):
            return one.of
        _run(one, aim.heat, steps)
        if best is None or one.rank() < best.rank():
            best = one
        if one.late:
            break
    assert best is not None
    return best.of


def _run(search: Search, heat: float, steps: int) -> None:
    search.anneal(steps // 2, heat, heat / 10)
    full = search.move
    for turn in range(2 * ROUNDS):
        if turn >= ROUNDS:  # overtime, for what is still beyond the tolerance: let more households change grid
            if not search.outside():
                break
            search.move /= 2
        search.recombine(min(PAIRS, 1 + steps // PAIR))
        search.anneal(steps // 2 // ROUNDS, heat / 5, heat / 50)
        search.strictness *= 3
    search.move, search.strictness = full, STRICT
    search.anneal(steps // 4, heat / 5, heat / 50)
    search.strictness = 1.0


def _sensible(buildings: Sequence[Building], brief: Brief) -> None:
    keys: set[str] = set()
    for building in buildings:
        if building.key in keys:
            raise ValueError(f"{building.key} stands twice")
        keys.add(building.key)
        if len(building.loads) != len(brief.weights):
            raise ValueError(f"{building.key}: {len(building.loads)} loads for {len(brief.weights)} weights")
        if not all(isfinite(load) and load >= 0 for load in building.loads) or building.households < 0:
            raise ValueError(f"{building.key}: a load is negative or not finite")
