"""The estimate that the sources allow: the simplest that does not claim more than they tell."""

from .chao import chao
from .chapman import chapman
from .loglinear import loglinear
from .model import CannotSay, Estimate, Histories


def estimate(histories: Histories) -> Estimate | CannotSay:
    """Chapman for two sources; the best log-linear model for more, or Chao's bound where none can be fitted."""
    told = histories.without_empty()
    if not told.sources:
        return CannotSay("no_sources", histories.sources)
    if len(told.sources) == 1:
        return CannotSay("one_source", told.sources, told.seen)
    if len(told.sources) == 2:
        return chapman(told)
    if set(told.counts) == {(1 << len(told.sources)) - 1}:
        return CannotSay("all_the_same", told.sources, told.seen)
    if all(mask.bit_count() == 1 for mask in told.counts):
        return CannotSay("no_overlap", told.sources, told.seen)
    for i in range(len(told.sources)):
        if told.on(i) == told.seen:  # the others hold nobody new: together they are the second source
            return chapman(told.grouped([(i,), tuple(j for j in range(len(told.sources)) if j != i)]))
    found = loglinear(told)
    return found if isinstance(found, Estimate) else chao(told)
