"""Dates as people and spreadsheets write them."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from fengchao.sheets.cells import Flaw, text
from fengchao.sheets.numerals import arabic

EPOCH_1900 = date(1899, 12, 30)  # Excel counts a 29 February 1900 that never was
EPOCH_1904 = date(1904, 1, 1)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_PARTS = re.compile(r"(\d{4}|\d{2})[-/.年 ](\d{1,2})[-/.月 ](\d{1,2})[日号]?(?:[ T].*)?")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?|(\d{4})年?|(\d{4})(\d{2})")
_SERIAL = re.compile(r"\d{4,5}(\.\d+)?")


def read_date(cell: Any, *, earliest: int, latest: date, epoch: date = EPOCH_1900) -> date | Flaw:
    """The day a cell means, between the year `earliest` and the day `latest`."""
    if isinstance(cell, datetime):
        found: date | Flaw = cell.date()
    elif isinstance(cell, date):
        found = cell
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        found = _from_number(cell, epoch)
    else:
        found = _from_text(text(cell), latest.year, epoch)
    if isinstance(found, date) and not (earliest <= found.year and found <= latest):
        return Flaw("date_out_of_range", {"date": found.isoformat()})
    return found


def _from_number(value: float, epoch: date) -> date | Flaw:
    if 1000_01_01 <= value <= 9999_12_31 and value == int(value):
        return _from_text(str(int(value)), 9999, epoch)
    if 2100 < value < 80_000:  # a smaller whole number is a year, not a serial
        return epoch + timedelta(days=int(value))
    return Flaw("date_incomplete" if 1000 < value <= 2100 else "date_unreadable")


@lru_cache(maxsize=100_000)
def _from_text(written: str, this_year: int, epoch: date) -> date | Flaw:
    written = arabic(written) if not written.isascii() else written
    if (found := _COMPACT.fullmatch(written) or _PARTS.fullmatch(written)) is None:
        if _MONTH.fullmatch(written) and not _is_serial(written):
            return Flaw("date_incomplete")
        if _SERIAL.fullmatch(written):
            return _from_number(float(written), epoch)
        return Flaw("date_unreadable")
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    if len(found[1]) == 2:
        year += 2000 if 2000 + year <= this_year else 1900
    try:
        return date(year, month, day)
    except ValueError:
        return Flaw("date_impossible")


def _is_serial(written: str) -> bool:
    return _SERIAL.fullmatch(written) is not None and float(written) > 2100
