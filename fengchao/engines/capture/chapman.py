"""Two sources: how much of one is on the other tells how much of everybody is on it."""

from .model import CannotSay, Estimate, Histories, log_normal

ASSUMPTIONS = ("independent", "matched", "same_people")
LEFT = 0.05  # what a 95 % bound leaves outside


def chapman(histories: Histories) -> Estimate | CannotSay:
    """Chapman's estimate with his variance as Seber (1970) gives it, and a log-normal interval.

    One source inside the other means an estimate of nobody unseen, which is no proof: then `high` is the greatest
    number that would still leave everybody of the smaller source on the larger one, one time in twenty.
    """
    first, second, both = histories.on(0), histories.on(1), histories.counts.get(3, 0)
    if not both:
        return CannotSay("no_overlap", histories.sources, histories.seen)
    if first == second == both:
        return CannotSay("all_the_same", histories.sources, histories.seen)
    unseen = (first - both) * (second - both) / (both + 1)
    seen = histories.seen
    if unseen:
        variance = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
        low, high = log_normal(seen, unseen, variance)
    else:
        low, high = float(seen), max(first, second) / LEFT ** (1 / min(first, second))
    return Estimate("chapman", histories.sources, seen, seen + unseen, low, high, ASSUMPTIONS)
