"""Every write to places."""

from .divisions import add_division, confirm_community, merge_divisions, rename_division
from .grids import add_grid, close_grid, in_use, rename_grid
from .loading import load_register
from .national import decide_difference, drop_national, load_national, take_over
from .overlays import add_overlay, change_overlay, correct_overlay, end_overlay
from .regridding import UNDONE_WITHIN, carry_out, choose, drop, note_problem, plan_regridding, schedule, settle, undo

__all__ = [
    "add_division", "add_grid", "add_overlay", "carry_out", "change_overlay", "choose", "close_grid",
    "confirm_community", "correct_overlay", "decide_difference", "drop", "drop_national", "end_overlay", "in_use",
    "load_national", "load_register", "merge_divisions", "note_problem", "plan_regridding", "rename_division",
    "rename_grid", "schedule", "settle", "take_over", "undo", "UNDONE_WITHIN",
]
