"""A lower bound for any number of sources, whatever the difference between people: those seen once and twice tell."""

from math import fsum

from .model import CannotSay, Estimate, Histories, log_normal

ASSUMPTIONS = ("lower_bound", "matched", "same_people")


def chao(histories: Histories) -> Estimate | CannotSay:
    """Chao's bound for sources of unequal reach (1989, Biometrics 45, 427-438): (f1^2 - sum Zi^2) / 2 (f2 + 1) unseen.

    `Zi` were seen by source i alone, f1 by one source, f2 by two. With two sources it is Chapman's estimate. That some
    people are seen more easily than others makes the truth larger, never smaller. Variance by the delta method.
    """
    alone = [histories.counts.get(1 << i, 0) for i in range(len(histories.sources))]
    once = sum(alone)
    twice = sum(n for mask, n in histories.counts.items() if mask.bit_count() == 2)
    more = sum(n for mask, n in histories.counts.items() if mask.bit_count() > 2)
    if not twice + more:
        return CannotSay("no_overlap", histories.sources, histories.seen)
    unseen = (once**2 - sum(z * z for z in alone)) / (2 * (twice + 1))
    seen = histories.seen
    if not unseen:
        return CannotSay("no_model", histories.sources, seen)
    slopes = [(n, 1 + (once - n) / (twice + 1)) for n in alone] + [(twice, 1 - unseen / (twice + 1)), (more, 1.0)]
    mean = fsum(n * slope for n, slope in slopes)
    variance = fsum(n * slope**2 for n, slope in slopes) - mean**2 / (seen + unseen)
    low, high = log_normal(seen, unseen, max(variance, 0.0))
    return Estimate("chao", histories.sources, seen, seen + unseen, low, high, ASSUMPTIONS)
