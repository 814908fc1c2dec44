"""The signature of a message: the receiver knows that it is ours, whole, and not an old one sent again.

    X-Fengchao-Signature: t=1764035071,v1=<HMAC-SHA256 of "t.body" under the secret, in hex>
"""

import hmac
from hashlib import sha256

REPLAY_SECONDS = 300  # a message older than this, or from the future, is not to be believed


def sign(secret: str, body: bytes, at: int) -> str:
    return f"t={at},v1={_mac(secret, body, at)}"


def verify(secret: str, header: str, body: bytes, now: float) -> bool:
    """What a receiver does; it stands in the guide as it stands here."""
    parts = dict(part.partition("=")[::2] for part in header.split(","))
    if not parts.get("t", "").isdecimal() or abs(now - int(parts["t"])) > REPLAY_SECONDS:
        return False
    return hmac.compare_digest(parts.get("v1", "").encode(), _mac(secret, body, int(parts["t"])).encode())


def _mac(secret: str, body: bytes, at: int) -> str:
    return hmac.digest(secret.encode(), f"{at}.".encode() + body, sha256).hex()
