"""Ids and phones between a person's mouth and the sealed columns, and how they are shown."""

from fengchao.base.crypto import blind, seal, unseal

TAIL = 4


def ric_columns(number: str) -> dict[str, bytes | None]:
    """The columns of Person for an id number of any kind, already cleaned; the empty text clears them."""
    number = number.upper()
    return {"ric_sealed": seal(number), "ric_blind": blind("ric", number),
            "ric_tail": blind("ric_tail", number[-TAIL:])}


def phone_columns(phone: str) -> dict[str, bytes | None]:
    return {"phone_sealed": seal(phone), "phone_blind": blind("phone", phone),
            "phone_tail": blind("phone_tail", phone[-TAIL:])}


def masked_ric(sealed: bytes | memoryview | None) -> str:
    """350181********1234: the county and the last four, enough to tell two people apart at the door."""
    number = unseal(sealed)
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}" if len(number) > 10 else "*" * len(number)


def masked_phone(sealed: bytes | memoryview | None) -> str:
    """138****5678."""
    number = unseal(sealed)
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}" if len(number) > 7 else "*" * len(number)
