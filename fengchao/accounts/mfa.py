"""Secrets of the second factor are stored sealed, like everything else that must not be read from the tables."""

from base64 import b64decode, b64encode

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator

from fengchao.base import crypto

from .gate import SECOND_FACTORS, needs_second_factor


class MfaAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return b64encode(crypto.seal(text)).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = authenticator.user.authenticator_set.exclude(pk=authenticator.pk).filter(type__in=SECOND_FACTORS)
        return not needs_second_factor(authenticator.user) or others.exists()

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.unseal(b64decode(encrypted_text))
