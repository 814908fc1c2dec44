"""How many people are there whom no source has seen: estimates from how much the sources overlap.

    estimate(Histories(("register", "property"), {0b01: 11_900, 0b11: 780, 0b10: 20}))
    -> Estimate(method="chapman", seen=12_700, total=13_005.., low=.., high=.., assumptions=("independent", ...))

Pure: counts in, an estimate with its interval out, or `CannotSay` with the reason. Chapman for two sources, log-linear
models for more, Chao's lower bound where no model holds.
"""

from .chao import chao
from .chapman import chapman
from .estimate import estimate
from .loglinear import loglinear
from .model import CannotSay, Estimate, Histories

__all__ = ["CannotSay", "Estimate", "Histories", "chao", "chapman", "estimate", "loglinear"]
