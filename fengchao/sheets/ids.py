"""Identity documents. Checksum and birth date decide about a resident number; its county code never does."""

import re
from collections.abc import Collection
from datetime import date
from functools import lru_cache
from operator import mul
from typing import Any, NamedTuple

from fengchao.sheets.cells import E_NOTATION, Flaw, Remark, text

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"
PROVINCES = frozenset(
    str(code)
    for codes in (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66))
    for code in codes
)
_SEPARATORS = re.compile(r"[\s\-_.·,，'’`]+")
_RESIDENT = re.compile(r"[1-9]\d{16}[\dX]")
_OLD_RESIDENT = re.compile(r"[1-9]\d{14}")
_OTHERS = (
    ("passport_cn", re.compile(r"(E[A-Z0-9]\d{7}|[DGPS]\d{8}|14\d{7}|15\d{7})")),
    ("hkmo_permit", re.compile(r"[HM]\d{8}(\d{2})?")),
    ("taiwan_permit", re.compile(r"\d{8}|\d{10}[A-Z]?")),
    ("foreign_residence", re.compile(r"[A-Z]{3}\d{12}")),
    ("passport", re.compile(r"[A-Z]{1,3}\d{5,9}|[A-Z]\d[A-Z0-9]{5,8}")),
)


class Document(NamedTuple):
    """A checked identity document. `born` and `sex` are what the number itself says, if anything."""

    kind: str
    number: str
    born: date | None = None
    sex: str | None = None
    written: str | None = None  # the 15-digit form it was given in

    @property
    def county(self) -> str | None:
        return self.number[:6] if self.kind == "ric" else None


Reading = Document | Remark | Flaw


def read_id(cell: Any, *, latest: date, known_counties: Collection[str] | None = None) -> Reading:
    """A `Document`, a `Remark` around one, or why the number cannot be trusted."""
    number = digits_of(cell)
    return number if isinstance(number, Flaw) else read_number(number, latest=latest, known_counties=known_counties)


def read_number(number: str, *, latest: date, known_counties: Collection[str] | None = None) -> Reading:
    """The same for digits that `digits_of` has seen."""
    if len(number) == 18 and _RESIDENT.fullmatch(number):
        return _resident(number, latest, known_counties)
    if len(number) == 15 and _OLD_RESIDENT.fullmatch(number):
        return _old_resident(number, latest)
    for kind, shape in _OTHERS:
        if shape.fullmatch(number):
            document = Document(kind, number)
            return Remark(document, "id_kind_guessed", {"kind": kind}) if number.isdigit() else document
    if number.isdigit() or (number[:-1].isdigit() and number[-1] in "X*"):
        return Flaw("id_length", {"length": len(number)})
    return Flaw("id_unreadable")


def digits_of(cell: Any) -> str | Flaw:
    """The number as written, unless a spreadsheet has already rounded it: 15 digits are all that it keeps."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if not abs(cell) < 1e15 or cell != int(cell):
            return Flaw("id_rounded")
        return str(int(cell))
    written = text(cell)
    if E_NOTATION.fullmatch(written):
        return Flaw("id_rounded")
    number = written.upper()
    return number if number.isalnum() else _SEPARATORS.sub("", number).replace("×", "X").replace("✕", "X")


def check_character(first17: str) -> str:
    return CHECK[sum(map(mul, map(int, first17), WEIGHTS)) % 11]


def _resident(number: str, latest: date, known_counties: Collection[str] | None) -> Reading:
    born = birth_date(number[6:14])
    if number[17] != CHECK[sum(map(mul, map(int, number[:17]), WEIGHTS)) % 11]:
        return Flaw("id_rounded" if number.endswith("000") else "id_checksum")
    if born is None or born > latest or born.year < 1850:
        return Flaw("id_birth_date")
    sex = "男" if int(number[16]) % 2 else "女"
    if number[:2] in ("81", "82", "83"):
        return Document("gat_residence", number, born, sex)
    if number[0] == "9" and number[1:3] in PROVINCES:  # the residence card of foreigners since 2023
        return Document("foreign_residence", number, born, sex)
    document = Document("ric", number, born, sex)
    if known_counties is not None and number[:6] not in known_counties:
        return Remark(document, "id_county_unknown", {"county": number[:6]})
    return document


def _old_resident(number: str, latest: date) -> Remark | Flaw:
    born = birth_date("19" + number[6:12])
    if born is None or born > latest:
        return Flaw("id_birth_date")
    first17 = number[:6] + "19" + number[6:]
    sex = "男" if int(number[14]) % 2 else "女"
    return Remark(Document("ric", first17 + check_character(first17), born, sex, number), "id_15_digits")


@lru_cache(maxsize=50_000)
def birth_date(eight: str) -> date | None:
    try:
        return date(int(eight[:4]), int(eight[4:6]), int(eight[6:]))
    except ValueError:
        return None
