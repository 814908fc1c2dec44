"""Every write of work. One action, one transaction of the caller's; the actor first, the trail last."""

from .accept import Result, accept
from .assignment import assign, claim, exclude, hand_over, include, release
from .campaigns import close, create_tasks, declare, escalate
from .settling import settle
from .sign_off import sign_off, withdraw_sign_off

__all__ = [
    "Result", "accept", "assign", "claim", "close", "create_tasks", "declare", "escalate", "exclude", "hand_over",
    "include", "release", "settle", "sign_off", "withdraw_sign_off",
]
