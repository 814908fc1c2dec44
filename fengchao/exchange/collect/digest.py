"""HTTP digest (RFC 7616, MD5 with qop=auth): the only sign-in that ODK Collect offers over plain HTTP and HTTPS alike.

MD5 is what the field's program speaks. The password is 256 random bits, so there is nothing to guess; nonces are signed
and carry their time, so nothing has to be remembered of them. What is signed is the address, not the body: of a token
the last signature is remembered with what came under it (`spent`), so that one overheard brings nothing else in.
Against somebody who holds a request back and sends it changed, only https helps.
"""

import hmac
import re
import time
from hashlib import md5, sha256

from django.conf import settings

REALM = "Fengchao"
NONCE_SECONDS = 3600
COUNT = re.compile("[0-9a-fA-F]{8}")
PARTS = re.compile(r'(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))')


def ha1(username: str, password: str) -> str:
    return _md5(f"{username}:{REALM}:{password}")


def challenge(*, stale: bool = False) -> str:
    return (f'Digest realm="{REALM}", qop="auth", algorithm=MD5, nonce="{new_nonce()}"'
            + (", stale=true" if stale else ""))


def parse(header: str) -> dict[str, str]:
    """The parts of an Authorization header, empty when it is not a digest's."""
    scheme, _, rest = header.partition(" ")
    if scheme.lower() != "digest" or len(header) > 2000:
        return {}
    return {found[1].lower(): found[2] if found[2] is not None else found[3] for found in PARTS.finditer(rest)}


def holds(said: dict[str, str], known_ha1: str, method: str, path: str) -> bool:
    """Whether the answer was made with the password, for this request and no other."""
    if said.get("qop") != "auth" or said.get("realm") != REALM or said.get("uri") != path:
        return False
    ha2 = _md5(f"{method}:{path}")
    parts = [known_ha1, said.get("nonce", ""), said.get("nc", ""), said.get("cnonce", ""), "auth", ha2]
    return hmac.compare_digest(_md5(":".join(parts)), said.get("response", "").lower())


def spent(said: dict[str, str]) -> tuple[int, int]:
    """When the nonce of a signature was made, and how often it has been used: every signature has its own, later ones
    greater ones. Raises ValueError for what is no count."""
    if not COUNT.fullmatch(said.get("nc", "")):
        raise ValueError
    return int(said["nonce"].partition("-")[0], 16), int(said["nc"], 16)


def new_nonce() -> str:
    at = f"{time.time_ns():x}"
    return f"{at}-{_signed(at)}"


def fresh(nonce: str) -> bool:
    """Ours, and made within the hour."""
    at, _, signed = nonce.partition("-")
    if not hmac.compare_digest(signed.encode(), _signed(at).encode()):
        return False
    return 0 <= time.time_ns() - int(at, 16) <= NONCE_SECONDS * 10**9


def _signed(at: str) -> str:
    return hmac.digest(settings.SECRET_KEY.encode(), f"digest nonce {at}".encode(), sha256).hex()[:32]


def _md5(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()
