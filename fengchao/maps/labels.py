"""Which names stand on a map at which scale: none over another, the first first, hidden rather than moved.

Letters keep their size on the screen, however far away one looks: in units of the sheet they grow with `k`, the units a
pixel is (see map.css). So whether two names meet is a question of scale alone, and each is told once up to which it
`fits`: the page shows it from there on inwards, without reckoning anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from unicodedata import east_asian_width

import numpy as np

LETTER, HALO, HEIGHT = 12.0, 3.0, 16.0  # pixels: of map.css
NARROW = 0.62  # of a letter's size: what is not Chinese takes
FAR = 20.0     # units a pixel, of a name that meets none: a county seen on a telephone
STILL = 0.9    # what a page without script shows, and paper


@dataclass(frozen=True, slots=True)
class Label:
    """Around x, on the line y."""

    text: str
    x: float
    y: float
    fits: float = FAR

    @property
    def shown(self) -> bool:
        """In the drawing as it is sent."""
        return self.fits >= STILL


def fitting(labels: Sequence[Label]) -> list[Label]:
    """The same, each with the largest scale at which it meets none before it that is still shown there."""
    x, y, width = (np.array(one) for one in (
        [label.x for label in labels], [label.y for label in labels], [breadth(label.text) for label in labels]))
    fits = np.full(len(labels), FAR)
    for nth in range(1, len(labels)):
        meets = np.maximum(2 * np.abs(x[:nth] - x[nth]) / (width[:nth] + width[nth]), np.abs(y[:nth] - y[nth]) / HEIGHT)
        fits[nth] = np.min(meets, initial=FAR, where=meets < fits[:nth])
    down = (np.floor(fits * 1000) / 1000).tolist()
    return [replace(label, fits=scale) for label, scale in zip(labels, down, strict=True)]


def breadth(text: str) -> float:
    """Pixels of a name, halo included."""
    return HALO + LETTER * sum(1.0 if east_asian_width(letter) in "WF" else NARROW for letter in text)
