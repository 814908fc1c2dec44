"""The instance that is measured, 45 x 45 cells with uneven loads into 60 grids, and the best answers known to it."""

import time
from random import Random

from .ground import survey
from .model import Brief, Building
from .propose import propose
from .trees import divide

SIDE, METRES, TARGET = 45, 40.0, 3.0
BRIEF = Brief(grids=60)
# The best answers known, each from a search of its own with sixteen times the steps: pairs of neighbours that borders
# separate (no division into 60 of 2,025 cells has fewer than 630), and households that change grid.
BEST = {"cut": 633, "moved": 5633}


def lattice(side: int = SIDE, seed: int = 2025) -> list[Building]:
    """Cells of a town: most hold some dozens of households, a few hundreds, one in ten is a park. Today's grids are
    squares of 6 x 6 cells, drawn before anybody counted."""
    rng = Random(seed)

    def cell(x: int, y: int) -> Building:
        households = 0 if rng.random() < 0.1 else round(rng.lognormvariate(3.0, 0.8))
        today = 1 + (y // 6) * ((side + 5) // 6) + x // 6
        return Building(f"{x}-{y}", households, (float(households),), "", today, (x * METRES, y * METRES))

    return [cell(x, y) for y in range(side) for x in range(side)]


def districting_2025(brief: Brief = BRIEF) -> dict:
    """Seconds of one core for all proposals together. The floor reads the neighbours and cuts once, unpolished."""
    buildings = lattice()
    began = time.process_time()
    proposals = propose(buildings, brief)
    value = time.process_time() - began
    began = time.process_time()
    ground = survey(buildings, brief)
    for piece, grids in ground.pieces:
        divide(piece, grids, ground, brief.tolerance, Random(0))
    floor = time.process_time() - began
    within = all(one.within and one.contiguous for one in proposals)
    said = "; ".join(f"{'/'.join(one.aims)}: off {one.off:.3f}, moved {one.moved}, cut {one.cut}" for one in proposals)
    return {
        "name": "districting_2025", "value": round(value, 3), "unit": "s", "target": TARGET,
        "ok": within and value <= TARGET, "floor": round(floor, 3), "ratio": round(value / floor, 3), "note": said,
    }  # fmt: skip
