"""Buildings into grids of equal load that hang together: several proposals, each with its measures.

    proposals = propose([Building("3号楼", households=120, loads=(120, 8), compound="江滨花园", ...), ...],
                        Brief(grids=12, weights=(1.0, 3.0)), seed=1)
    proposals[0].off, proposals[0].moved, proposals[0].grids[0].proof

Pure: no files, no settings; the same for the same input and seed.
"""

from .check import faults
from .model import Brief, Building, Line, Point, Proposal, ProposedGrid, Remark
from .propose import AIMS, propose

__all__ = [
    "AIMS",
    "Brief",
    "Building",
    "Line",
    "Point",
    "Proposal",
    "ProposedGrid",
    "Remark",
    "faults",
    "propose",
]
