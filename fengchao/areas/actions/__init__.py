"""Every write to places."""

from .divisions import add_division, confirm_community, merge_divisions, rename_division
from .grids import add_grid, close_grid, in_use, rename_grid
from .loading import load_register
from .regridding import UNDONE_WITHIN, carry_out, choose, drop, note_problem, plan_regridding, schedule, settle, undo

__all__ = [
    "UNDONE_WITHIN", "add_division", "add_grid", "carry_out", "choose", "close_grid", "confirm_community", "drop",
    "in_use", "load_register", "merge_divisions", "note_problem", "plan_regridding", "rename_division", "rename_grid",
    "schedule", "settle", "undo",
]
