"""Three sources and more may depend on each other: the log-linear models say which pairs do, and what follows.

Fienberg (1972), Biometrika 59, 591-603. Every model has a main effect for each source and a term for each of some
pairs; those whom nobody saw are what the model expects in the empty cell. Fitted by iteratively reweighted least
squares.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp, inf, sqrt

import numpy as np
import numpy.typing as npt

from .model import CannotSay, Estimate, Histories, Pair, log_normal

Numbers = npt.NDArray[np.float64]
MOST = 4       # sources modelled one by one; five would be 1,024 models, and their choice a lottery
AS_GOOD = 2.0  # models whose criterion differs by less are not told apart by the data (Burnham & Anderson, 2002)
CONTRADICTED = 3.090232  # the normal quantile of one in a thousand
ROUNDS, CLOSE = 30, 1e-7  # no closer: an empty cell sends a mean to nothing, and the last digits with it


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted model: the unseen it expects, the variance of the total, Akaike's criterion (but for a constant of the
    counts), and how far it is from what was counted (`deviance` on `freedom` degrees of freedom)."""

    pairs: tuple[Pair, ...]
    unseen: float
    variance: float
    aic: float
    deviance: float
    freedom: int

    @property
    def contradicted(self) -> bool:
        """By the chi-square of one in a thousand, in Wilson and Hilferty's approximation."""
        part = 2 / (9 * self.freedom)
        return self.deviance > self.freedom * (1 - part + CONTRADICTED * sqrt(part)) ** 3


def loglinear(histories: Histories) -> Estimate | CannotSay:
    """The model with the least Akaike criterion; more than four sources are grouped.

    A model that leaves nothing to check it by (all pairs of three sources) is not among them, and none is reported that
    the counts contradict: both would be a number without a reason to believe it. The interval spans those of all models
    that the counts do not tell from the chosen one: of that one alone it would hold the truth too rarely.
    """
    histories = few(histories)
    fits = [fit for pairs in models(len(histories.sources)) if (fit := fitted(histories, pairs)) and fit.freedom]
    best = min(fits, key=lambda fit: (fit.aic, len(fit.pairs)), default=None)
    if best is None or best.contradicted:
        return CannotSay("no_model", histories.sources, histories.seen)
    seen = histories.seen
    equals = [log_normal(seen, fit.unseen, fit.variance) for fit in fits if fit.aic - best.aic < AS_GOOD]
    return Estimate(
        "loglinear", histories.sources, seen, seen + best.unseen, min(low for low, _ in equals),
        max(high for _, high in equals), ("modelled" if best.pairs else "independent", "matched", "same_people"),
        best.pairs,
    )  # fmt: skip


def few(histories: Histories) -> Histories:
    """The smallest sources taken together until no more than MOST are left: whoever was on any of them was on them."""
    order = sorted(range(len(histories.sources)), key=lambda i: (-histories.on(i), i))
    kept, rest = sorted(order[: MOST - 1]), tuple(sorted(order[MOST - 1 :]))
    return histories.grouped([*((i,) for i in kept), rest]) if len(order) > MOST else histories


def models(sources: int) -> list[tuple[Pair, ...]]:
    """Every set of dependent pairs, from none to all."""
    pairs = list(combinations(range(sources), 2))
    return [chosen for size in range(len(pairs) + 1) for chosen in combinations(pairs, size)]


def fitted(histories: Histories, pairs: Sequence[Pair]) -> Fit | None:
    """None when the model says nothing of the unseen, or is not determined by what was seen."""
    masks = range(1, 1 << len(histories.sources))
    observed = np.array([histories.counts.get(mask, 0) for mask in masks], dtype=float)
    design = np.array([_row(mask, len(histories.sources), pairs) for mask in masks], dtype=float)
    try:
        with np.errstate(all="raise", under="ignore"):
            unseen, variance, deviance = _fit(design, observed)
    except (ArithmeticError, np.linalg.LinAlgError):  # a mean that ran beyond every number, terms that say the same
        return None
    cells, terms = design.shape
    return Fit(tuple(pairs), unseen, unseen + unseen**2 * variance, deviance + 2 * terms, deviance, cells - terms)


def _row(mask: int, sources: int, pairs: Sequence[Pair]) -> list[int]:
    on = [mask >> i & 1 for i in range(sources)]
    return [1, *on, *(on[i] * on[j] for i, j in pairs)]


def _fit(design: Numbers, observed: Numbers) -> tuple[float, float, float]:
    """The unseen, the variance of their logarithm, and the deviance.

    Cells that a model leaves empty keep some terms growing for ever while the means stand still, which harms nothing.
    Only when the constant itself grows does the model say nothing: its deviance would settle all the same.
    """
    means, last, before = observed + 0.5, inf, inf
    for _ in range(ROUNDS):
        weights = np.sqrt(means)
        across, down = np.linalg.qr(weights[:, None] * design)  # the square of this would lose half of the digits
        spread = np.linalg.inv(down)
        terms = spread @ (across.T @ (weights * (np.log(means) + (observed - means) / means)))
        means = np.exp(design @ terms)
        deviance, constant = distance(observed, means), float(terms[0])
        if abs(deviance - last) < CLOSE * (abs(deviance) + 0.1) and abs(constant - before) < CLOSE:
            return exp(constant), float((spread[0] ** 2).sum()), deviance
        last, before = deviance, constant
    raise OverflowError


def distance(observed: Numbers, means: Numbers) -> float:
    """The deviance of Poisson counts from their means."""
    some = observed > 0
    return float(2 * ((observed[some] * np.log(observed[some] / means[some])).sum() - (observed - means).sum()))
