"""What goes in, and what comes out: counts of who was on which sources, and how many there may be in all."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import exp, log, sqrt

Z = 1.959963984540054  # the normal quantile of a 95 % interval
Pair = tuple[int, int]


@dataclass(frozen=True)
class Histories:
    """How many people were seen by which sources. The key is a bit mask: bit i is set when source i saw them.

    Nobody is counted under 0: that is the number in question.
    """

    sources: tuple[str, ...]
    counts: Mapping[int, int]

    def __post_init__(self) -> None:
        if any(not 0 < mask < 1 << len(self.sources) or n < 0 for mask, n in self.counts.items()):
            raise ValueError("a history is a non-empty set of the sources, its count not negative")

    @cached_property
    def seen(self) -> int:
        return sum(self.counts.values())

    def on(self, source: int) -> int:
        return sum(n for mask, n in self.counts.items() if mask >> source & 1)

    def without_empty(self) -> "Histories":
        """The same without sources that saw nobody: they say nothing about anybody else either."""
        kept = [i for i in range(len(self.sources)) if self.on(i)]
        return self.grouped([(i,) for i in kept])

    def grouped(self, groups: list[tuple[int, ...]]) -> "Histories":
        """Each group of sources taken as one source, named by its first; whoever was on none of them is left out."""
        counts: dict[int, int] = {}
        for mask, n in self.counts.items():
            new = sum(1 << g for g, group in enumerate(groups) if any(mask >> i & 1 for i in group))
            if n and new:
                counts[new] = counts.get(new, 0) + n
        return Histories(tuple(self.sources[group[0]] for group in groups), counts)


@dataclass(frozen=True)
class Estimate:
    """`total` people in all, of whom `seen` are known; the truth lies in low..high (95 %) if `assumptions` hold.

    `assumptions` are codes, the one most likely to break first. `dependent` are the pairs of sources that the chosen
    model lets depend on each other.
    """

    method: str
    sources: tuple[str, ...]
    seen: int
    total: float
    low: float
    high: float
    assumptions: tuple[str, ...]
    dependent: tuple[Pair, ...] = ()

    @property
    def unseen(self) -> float:
        return self.total - self.seen


@dataclass(frozen=True)
class CannotSay:
    """The sources do not tell. `why`: no_sources, one_source, no_overlap, all_the_same, no_model."""

    why: str
    sources: tuple[str, ...] = ()
    seen: int = 0


def log_normal(seen: int, unseen: float, variance: float) -> tuple[float, float]:
    """A 95 % interval for seen + unseen that is never below what was seen: the unseen are taken as log-normal.

    Chao (1987), Biometrics 43, 783-791.
    """
    spread = exp(Z * sqrt(log(1 + variance / unseen**2)))
    return seen + unseen / spread, seen + unseen * spread
