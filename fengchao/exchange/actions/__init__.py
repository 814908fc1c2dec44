"""Every write to the doors for other systems."""

from .reading import read_feed
from .tokens import make_collect_token, make_token, revoke_token, touch_token

__all__ = ["make_collect_token", "make_token", "read_feed", "revoke_token", "touch_token"]
