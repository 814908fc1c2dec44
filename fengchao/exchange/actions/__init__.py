"""Every write to the doors for other systems."""

from .reading import read_feed
from .tokens import make_collect_token, make_token, revoke_token, touch_token
from .webhooks import (
    end_webhook,
    forget_deliveries,
    make_webhook,
    note_attempt,
    notice,
    send_again,
    try_webhook,
)

__all__ = [
    "end_webhook", "forget_deliveries", "make_collect_token", "make_token", "make_webhook", "note_attempt", "notice",
    "read_feed", "revoke_token", "send_again", "touch_token", "try_webhook",
]
