"""Telephone numbers of a cell: one or several, with whatever people write between the digits."""

import re
from typing import Any

from fengchao.sheets.cells import E_NOTATION, Flaw, text

MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"0\d{2,3}[1-9]\d{6,7}|[2-8]\d{6,7}|[48]00\d{7}|95\d{3,4}")
_BETWEEN = re.compile(r"[;；,，、/|\\\n]+|\s{2,}|(?<=\d{4})\s(?=1[3-9]\d{9}(?!\d))|或|和")
_NOTES = re.compile(r"[((（][^()（）]*[)）]|[一-鿿:：]+")
_INSIDE = re.compile(r"[\s\-—–.·_'’]+")
_COUNTRY = re.compile(r"^(\+|00)?86(?=1[3-9]\d{9}$|0\d{9,11}$)")
_EXTENSION = re.compile(r"(转|-|ext\.?)(\d{1,5})$", re.IGNORECASE)


def read_phones(cell: Any) -> list[str] | Flaw:
    """Every number of the cell as they are written, digits only; a flaw when any part is not a number."""
    if type(cell) is str and len(cell) == 11 and MOBILE.fullmatch(cell):
        return [cell]
    if isinstance(cell, float) and not cell.is_integer():
        return Flaw("phone_unreadable")
    written = text(cell) if type(cell) is not str else text(cell.replace("\n", ";").replace("\r", ";"))
    if E_NOTATION.fullmatch(written):
        return Flaw("phone_rounded")
    found: list[str] = []
    for part in _BETWEEN.split(written):
        if not part.strip():
            continue
        number = read_phone(part)
        if number is None:
            return Flaw("phone_unreadable")
        if number not in found:
            found.append(number)
    return found


def read_phone(part: str) -> str | None:
    part = _EXTENSION.sub("", part.strip()) if "转" in part or "ext" in part.lower() else part
    digits = _INSIDE.sub("", _NOTES.sub("", part))
    digits = _COUNTRY.sub("", digits)
    if MOBILE.fullmatch(digits) or LANDLINE.fullmatch(digits):
        return digits
    if re.fullmatch(r"(\+|00)(?!86)\d{7,14}", digits):  # another country's
        return "+" + digits.lstrip("+0")
    return None
