"""A proposal held against its promises by somebody who does not trust the search."""

from collections.abc import Sequence

from .adjacency import neighbours
from .model import Brief, Building, Proposal


def faults(buildings: Sequence[Building], brief: Brief, proposal: Proposal) -> list[str]:
    """What does not hold: partition, contiguous, compound, load, off, moved. Empty for a sound proposal."""
    grid_of, grids = proposal.grid_of, proposal.grids
    broken = {
        "partition": len(grid_of) == len(buildings) and set(grid_of) == set(range(len(grids))),
        "contiguous": not proposal.contiguous or _hang_together(buildings, brief, proposal),
        "compound": len({(b.compound, g) for b, g in zip(buildings, grid_of, strict=True) if b.compound})
        == len({b.compound for b in buildings if b.compound}),
        "load": all(abs(grid.load - _load(buildings, brief, grid_of, g)) < 1e-6 for g, grid in enumerate(grids)),
        "off": abs(proposal.off - max((abs(grid.off) for grid in grids), default=0.0)) < 1e-9
        and proposal.within == (proposal.off <= brief.tolerance + 1e-9),
        "moved": proposal.moved == sum(
            b.households for b, g in zip(buildings, grid_of, strict=True) if b.grid not in (None, grids[g].keeps)
        ),
    }  # fmt: skip
    return [name for name, holds in broken.items() if not holds]


def _load(buildings: Sequence[Building], brief: Brief, grid_of: Sequence[int], g: int) -> float:
    mine = (building for building, of in zip(buildings, grid_of, strict=True) if of == g)
    return sum(load * weight for b in mine for load, weight in zip(b.loads, brief.weights, strict=True))


def _hang_together(buildings: Sequence[Building], brief: Brief, proposal: Proposal) -> bool:
    """Every step of a proof is between neighbours or inside a compound, and leads to every building of its grid."""
    near = neighbours(buildings, brief)
    for g, grid in enumerate(proposal.grids):
        mine = {i for i, of in enumerate(proposal.grid_of) if of == g}
        reached = {min(mine)}
        for _ in grid.proof:
            reached |= {i for pair in grid.proof if reached & set(pair) for i in pair}
        inside = (buildings[i].compound and buildings[i].compound == buildings[j].compound for i, j in grid.proof)
        if reached != mine or not all(a or pair in near for a, pair in zip(inside, grid.proof, strict=True)):
            return False
    return True
