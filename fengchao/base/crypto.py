"""Identity numbers and phones are stored sealed, and looked up by a keyed blind index.

One master key of 32 bytes lives in the home folder, outside the database and its backups; the keys for sealing
and for the index are derived from it, so that neither can be turned into the other.
"""

import hmac
import os
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12
BLIND = 16


@lru_cache
def _derived(purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, None, b"fengchao " + purpose).derive(settings.FENGCHAO_KEY)


@lru_cache
def _cipher() -> AESGCM:
    return AESGCM(_derived(b"seal"))


def seal(text: str) -> bytes:
    """AES-256-GCM: nonce then ciphertext. The empty text stays empty, so that absence needs no key."""
    if not text:
        return b""
    nonce = os.urandom(NONCE)
    return nonce + _cipher().encrypt(nonce, text.encode(), None)


def unseal(sealed: bytes | memoryview | None) -> str:
    """Raises cryptography's InvalidTag when the bytes or the key are not those that sealed it."""
    if not sealed:
        return ""
    data = bytes(sealed)
    return _cipher().decrypt(data[:NONCE], data[NONCE:], None).decode()


def blind(kind: str, text: str) -> bytes | None:
    """16 bytes equal for equal texts of a kind, worthless without the key; None for an empty text."""
    if not text:
        return None
    return hmac.digest(_derived(b"blind"), f"{kind}:{text}".encode(), sha256)[:BLIND]

