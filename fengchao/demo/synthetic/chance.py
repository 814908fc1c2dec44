"""Weighted choice made cheap: a spin is one multiplication and one look-up."""

from collections.abc import Iterable, Mapping
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Wheel(Generic[T]):
    """Slots in proportion to the weights. Every item keeps at least one slot, so the rare ones do occur."""

    __slots__ = ("slots", "count")

    def __init__(self, weights: Mapping[T, float], size: int = 4000):
        total = sum(weights.values())
        self.slots: list[T] = []
        for item, weight in weights.items():
            self.slots += [item] * max(1, round(weight * size / total))
        self.count = len(self.slots)

    def spin(self, rng: Random) -> T:
        return self.slots[int(rng.random() * self.count)]


def by_rank(items: Iterable[T]) -> Wheel[T]:
    """Commonest first: the weight of the n-th falls as 1/(n+3), which is how lists of given names look."""
    return Wheel({item: 1 / (rank + 3) for rank, item in enumerate(items)}, size=400)
