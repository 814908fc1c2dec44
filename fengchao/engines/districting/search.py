"""From any division into connected grids to a better one: single sets change sides, pairs of grids are cut anew."""

from math import log
from random import Random
from time import monotonic

from .ground import Ground
from .prices import Prices
from .trees import below, grow

TREES, CUTS = 2, 2  # trees drawn for a pair of grids, and cuts of each that are looked at closely


class Search:
    """`of[u]` is the grid of a set, `keeps[g]` the number of today that grid g continues, if any."""

    def __init__(self, ground: Ground, of: list[int], keeps: list[int | None], tolerance: float, prices: Prices,
                 rng: Random, until: float) -> None:
        self.ground, self.of, self.keeps, self.tolerance, self.prices = ground, of, keeps, tolerance, prices
        self.rng, self.until = rng, until
        self.members: list[set[int]] = [set() for _ in keeps]
        self.load = [0.0] * len(keeps)
        for u, g in enumerate(of):
            self.members[g].add(u)
            self.load[g] += ground.load[u]
        self.strictness = 1.0  # what is still beyond the tolerance late in a search becomes dearer
        self.move = prices.household(ground, len(keeps))

    @property
    def late(self) -> bool:
        return monotonic() > self.until

    def uneven(self, load: float) -> float:
        """The price of one grid's load."""
        return self.prices.load(abs(load / self.ground.share - 1), self.tolerance, self.strictness)

    def outside(self) -> list[int]:
        """The grids whose load is beyond the tolerance."""
        share = self.ground.share
        return [g for g, load in enumerate(self.load) if abs(load / share - 1) > self.tolerance]

    def nothing_to_do(self, tolerance: float) -> bool:
        """Whether all grids are within a tolerance and nobody changes grid."""
        moved = sum(sum(today.values()) - self._stay(u, self.of[u]) for u, today in enumerate(self.ground.today))
        return moved < 1e-6 and all(abs(load / self.ground.share - 1) <= tolerance for load in self.load)

    def rank(self) -> tuple[bool, float]:
        """Less is better: within the tolerance first, then the price."""
        return bool(self.outside()), self.cost()

    def cost(self) -> float:
        near, of = self.ground.near, self.of
        cut = sum(of[u] < of[v] for u in range(len(of)) for v in near[u])
        stay = sum(self._stay(u, g) for u, g in enumerate(of))
        return sum(map(self.uneven, self.load)) + self.prices.cut * cut - self.move * stay

    def anneal(self, steps: int, hot: float, cold: float) -> None:
        """Tries `steps` changes of side, at first also for the worse, in the end for the better only."""
        near, of, draw = self.ground.near, self.of, self.rng.random
        n, cooling = len(of), (cold / hot) ** (1 / max(1, steps))
        heat = hot
        for step in range(steps):
            heat *= cooling
            u = int(draw() * n)
            around = near[u]
            if not around:
                continue
            a, b = of[u], of[around[int(draw() * len(around))]]
            if a != b:
                price = self._price(u, a, b)
                if (price <= 0 or price < -heat * log(draw() or 1e-12)) and self._stays_whole(u, a):
                    self._change(u, a, b)
            if step & 4095 == 0 and self.late:
                return

    def _price(self, u: int, a: int, b: int) -> float:
        of, weight, load = self.of, self.ground.load[u], self.load
        sides = [of[v] for v in self.ground.near[u]]
        price = self.prices.cut * (sides.count(a) - sides.count(b))
        if self.move:
            price += self.move * (self._stay(u, a) - self._stay(u, b))
        if weight:
            price += (self.uneven(load[a] - weight) + self.uneven(load[b] + weight)
                      - self.uneven(load[a]) - self.uneven(load[b]))  # fmt: skip
        return price

    def _stay(self, u: int, g: int) -> float:
        keeps = self.keeps[g]
        return 0.0 if keeps is None else self.ground.today[u].get(keeps, 0.0)

    def _stays_whole(self, u: int, a: int) -> bool:
        """Whether grid a still hangs together, and is not empty, without u."""
        of, near = self.of, self.ground.near
        ends = {v for v in near[u] if of[v] == a}
        if not ends:
            return False  # the last of its grid
        seen = {u, (first := ends.pop())}
        waiting = [first]
        while ends and waiting:
            for v in near[waiting.pop()]:
                if of[v] == a and v not in seen:
                    seen.add(v)
                    ends.discard(v)
                    waiting.append(v)
        return not ends

    def _change(self, u: int, a: int, b: int) -> None:
        self.of[u] = b
        self.members[a].discard(u)
        self.members[b].add(u)
        self.load[a] -= self.ground.load[u]
        self.load[b] += self.ground.load[u]

    def recombine(self, times: int) -> None:
        """Cuts so many pairs of neighbouring grids anew; first of each is one beyond the tolerance if there is any."""
        for _ in range(times):
            if self.late:
                return
            firsts = self.outside() or range(len(self.members))
            a = firsts[int(self.rng.random() * len(firsts))]
            beside = sorted({self.of[v] for u in self.members[a] for v in self.ground.near[u]} - {a})
            if beside:
                self._cut_anew(a, beside[int(self.rng.random() * len(beside))])

    def _cut_anew(self, a: int, b: int) -> None:
        """Two neighbouring grids become one and are cut along the best edge of a few trees, if that is better."""
        part = sorted(self.members[a] | self.members[b])
        inside = set(part)
        before = self._price_of_cut(self.members[a], inside, a, b)
        best, side = before, None
        for _ in range(TREES):
            order, parent = grow(part, inside, self.ground.near, self.rng)
            for u in self._even_cuts(order, parent):
                one = below(u, order, parent)
                for half in (one, inside - one) if self.move else (one,):  # else which side is which is the same
                    price = self._price_of_cut(half, inside, a, b)
                    if price < best - 1e-9:
                        best, side = price, half
        if side is not None:
            for u in part:
                g = a if u in side else b
                if self.of[u] != g:
                    self._change(u, self.of[u], g)

    def _even_cuts(self, order: list[int], parent: dict[int, int]) -> list[int]:
        load = {u: self.ground.load[u] for u in order}
        for u in reversed(order[1:]):
            load[parent[u]] += load[u]
        whole = load[order[0]]
        return sorted(order[1:], key=lambda u: self.uneven(load[u]) + self.uneven(whole - load[u]))[:CUTS]

    def _price_of_cut(self, half: set[int], inside: set[int], a: int, b: int) -> float:
        """What it costs that `half` of two grids is a and the rest is b."""
        load, near = self.ground.load, self.ground.near
        cut = sum(v in inside and v not in half for u in half for v in near[u])
        stay = sum(self._stay(u, a if u in half else b) for u in inside) if self.move else 0.0
        mine, both = sum(load[u] for u in half), sum(load[u] for u in inside)
        return self.uneven(mine) + self.uneven(both - mine) + self.prices.cut * cut - self.move * stay
