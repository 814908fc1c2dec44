"""Every write to places."""

from .divisions import add_division, confirm_community, merge_divisions, rename_division
from .grids import add_grid, close_grid, in_use, rename_grid
from .loading import load_register

__all__ = [
    "add_division", "add_grid", "close_grid", "confirm_community", "in_use", "load_register", "merge_divisions",
    "rename_division", "rename_grid",
]
