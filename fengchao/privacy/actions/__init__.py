"""Every write of privacy."""

from .closing import approve, erase, take_inventory
from .revealing import reveal

__all__ = ["approve", "erase", "reveal", "take_inventory"]
