"""Who a phone speaks for: its token names the device, the device its user, the user the duties in force today."""

import secrets
from hashlib import sha256

from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.sql import run

from .actions.devices import touch_device
from .late import overtaken
from .queries import DUTIES, IN_FORCE, grants_of

# One round trip on the busiest path there is. A device without a duty in force is as good as none.
WHO = f"""
SELECT d.id, u.id, u.name, now() - d.last_seen > interval '10 minutes', {DUTIES}
FROM accounts_device d JOIN accounts_user u ON u.id = d.user_id
JOIN accounts_duty y ON y.user_id = u.id AND {IN_FORCE}
WHERE d.token_hash = %(hash)s AND d.revoked IS NULL AND d.expires > now() AND u.is_active
GROUP BY d.id, u.id
"""

WHOSE = """SELECT d.id, u.id, u.name FROM accounts_device d JOIN accounts_user u ON u.id = d.user_id
WHERE d.token_hash = %(hash)s AND d.revoked IS NULL AND d.expires > now() AND u.is_active"""


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> bytes:
    """256 random bits need no salt and no slow hash."""
    return sha256(token.encode()).digest()


def actor_for(token: str, *, address: str = "") -> Actor:
    """Raises Refused "device_ended", on which a phone wipes what it holds."""
    row = run(WHO, {"today": clock.today(), "hash": hash_of(token)}).fetchone()
    if row is None:
        return _without_duty(token, address)
    device, user, name, idle, *duties = row
    actor = Actor(id=user, name=name, grants=grants_of(*duties), device_id=device, address=address)
    if idle:
        touch_device(by=actor)
    return actor


def _without_duty(token: str, address: str) -> Actor:
    """Sees and may nothing. Only when the last duty ended with a re-gridding does the phone stay: it may hold records
    of the doors that were taken over, and is wiped when those can have come in."""
    row = run(WHOSE, {"hash": hash_of(token)}).fetchone()
    if row is None or not overtaken(row[1]):
        raise Refused("device_ended")
    device, user, name = row
    return Actor(id=user, name=name, device_id=device, address=address)
