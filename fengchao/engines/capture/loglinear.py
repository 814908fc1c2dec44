"""Three sources and more may depend on each other: the log-linear models say which pairs do, and what follows.

Fienberg (1972), Biometrika 59, 591-603. Every model has a main effect for each source and a term for each of some
pairs; those whom nobody saw are what the model expects in the empty cell. Fitted by iteratively reweighted least
squares.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp, inf, lgamma, log, sqrt

from .linear import Singular, inverse, times
from .model import CannotSay, Estimate, Histories, Pair, log_normal

MOST = 4       # sources modelled one by one; five would be 1,024 models, and their choice a lottery
AS_GOOD = 2.0  # models whose criterion differs by less are not told apart by the data (Burnham & Anderson, 2002)
CONTRADICTED = 3.090232  # the normal quantile of one in a thousand
ROUNDS, CLOSE = 30, 1e-7  # no closer: an empty cell sends a mean to nothing, and the last digits with it


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted model: the unseen it expects, the variance of the total, Akaike's criterion, and how far it is from what
    was counted (`deviance` on `freedom` degrees of freedom)."""

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
    """None when the model cannot be fitted: an empty overlap leaves its term without a value."""
    masks = range(1, 1 << len(histories.sources))
    observed = [float(histories.counts.get(mask, 0)) for mask in masks]
    design = [_row(mask, len(histories.sources), pairs) for mask in masks]
    try:
        means, covariance, constant = _fit(design, observed)
    except (ValueError, ArithmeticError):  # Singular, or a mean that has run to nothing or beyond every number
        return None
    unseen = exp(constant)
    likelihood = sum(y * log(m) - m - lgamma(y + 1) for y, m in zip(observed, means, strict=True))
    deviance = distance(observed, means)
    return Fit(tuple(pairs), unseen, unseen + unseen**2 * covariance[0][0], 2 * (len(design[0]) - likelihood),
               deviance, len(design) - len(design[0]))


def _row(mask: int, sources: int, pairs: Sequence[Pair]) -> list[float]:
    on = [float(mask >> i & 1) for i in range(sources)]
    return [1.0, *on, *(on[i] * on[j] for i, j in pairs)]


def _fit(design: list[list[float]], observed: list[float]) -> tuple[list[float], list[list[float]], float]:
    """Means of the cells, covariance of the terms, and the constant: the logarithm of the unseen.

    Cells that a model leaves empty keep some terms growing for ever while the means stand still, which harms nothing.
    Only when the constant itself grows does the model say nothing: its deviance would settle all the same.
    """
    means, last, before = [y + 0.5 for y in observed], inf, inf
    for _ in range(ROUNDS):
        working = [log(m) + (y - m) / m for y, m in zip(observed, means, strict=True)]
        information = [[sum(m * row[a] * row[b] for m, row in zip(means, design, strict=True))
                        for b in range(len(design[0]))] for a in range(len(design[0]))]
        score = [sum(m * row[a] * w for m, row, w in zip(means, design, working, strict=True))
                 for a in range(len(design[0]))]
        covariance = inverse(information)
        terms = times(covariance, score)
        means = [exp(sum(t * x for t, x in zip(terms, row, strict=True))) for row in design]
        deviance = distance(observed, means)
        if abs(deviance - last) < CLOSE * (abs(deviance) + 0.1) and abs(terms[0] - before) < CLOSE:
            return means, covariance, terms[0]
        last, before = deviance, terms[0]
    raise Singular


def distance(observed: list[float], means: list[float]) -> float:
    """The deviance of Poisson counts from their means."""
    return 2 * sum((y * log(y / m) if y else 0.0) - (y - m) for y, m in zip(observed, means, strict=True))
