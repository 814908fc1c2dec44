"""What a division costs: unevenness, borders, households that change grid."""

from dataclasses import dataclass

from .ground import Ground

# The price of being beyond the tolerance at all, of a share beyond it, and of that squared: two grids that are a
# little off are better than one that is far off, so what is too much travels from grid to grid until it finds room.
OUTSIDE, BEYOND, BEYOND_SQUARED = 0.5, 200.0, 20_000.0


@dataclass(frozen=True, slots=True)
class Prices:
    """What a proposal aims at. Each is the price of: a share of unevenness, squared, in one grid; a pair of
    neighbours that a border separates; households, a grid full of them, that change grid."""

    uneven: float
    cut: float
    move: float

    def load(self, off: float, tolerance: float, strictness: float = 1.0) -> float:
        """Of one grid that is `off` its share."""
        price = self.uneven * off * off
        if off <= tolerance:
            return price
        over = off - tolerance
        return price + strictness * (OUTSIDE + BEYOND * over + BEYOND_SQUARED * over * over)

    def household(self, ground: Ground, grids: int) -> float:
        """Of one household that changes grid."""
        full = sum(sum(today.values()) for today in ground.today) / grids
        return self.move / full if full else 0.0
