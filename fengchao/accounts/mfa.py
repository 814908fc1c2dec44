"""Secrets of the second factor are stored sealed, like everything else that must not be read from the tables."""

from base64 import b64decode, b64encode

from allauth.mfa.adapter import DefaultMFAAdapter

from fengchao.base import crypto


class MfaAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return b64encode(crypto.seal(text)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.unseal(b64decode(encrypted_text))
