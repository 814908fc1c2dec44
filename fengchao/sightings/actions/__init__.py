"""Every write of sightings."""

from .keeping import forget_expired, refresh, refresh_changed
from .lists import hold_list
from .seeing import Seen, dismiss, open_source, reopen, see

__all__ = [
    "Seen", "dismiss", "forget_expired", "hold_list", "open_source", "refresh", "refresh_changed", "reopen", "see",
]
