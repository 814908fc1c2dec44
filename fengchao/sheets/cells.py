"""What a cell says, whatever type the file gave it."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from fengchao.sheets.characters import tidy
from fengchao.sheets.injection import restore

E_NOTATION = re.compile(r"\d+(\.\d+)?E\+\d+|\d\.\d+E\d+", re.IGNORECASE)
_FORMULA_TEXT = re.compile(r'="(.*)"', re.DOTALL)  # how some systems keep digits as text in a csv
NOTHING = frozenset(
    ("", "-", "--", "—", "——", "/", "\\", "无", "無", "空", "暂无", "不详", "未知", "n/a", "#n/a", "null", "none")
)


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a cell is refused. Parameters never repeat an id or a phone."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remark:
    """A value that is accepted, with something the reader of the import should know."""

    value: Any
    code: str
    params: dict[str, Any] = field(default_factory=dict)


def text(cell: Any) -> str:
    if type(cell) is str:
        if cell[:1] == "'" or cell[:2] == '="':
            cell = unquoted(cell)
        return tidy(cell)
    if cell is None:
        return ""
    if type(cell) is float:
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def unquoted(cell: str) -> str:
    """Without the apostrophe or the formula that someone used to keep the digits as text."""
    if (formula := _FORMULA_TEXT.fullmatch(cell)) is not None:
        return formula[1]
    restored = restore(cell)
    return restored if restored != cell else cell.lstrip("'")


def is_blank(cell: Any) -> bool:
    return cell is None or (type(cell) is str and (not cell or cell.isspace()))


def says_nothing(cell: Any) -> bool:
    """Blank, or one of the marks people put where they have nothing to say."""
    if type(cell) is str:
        return len(cell) < 8 and cell.strip().lower() in NOTHING
    return cell is None


def became_a_date(cell: Any) -> bool:
    """A room `3-2` that the spreadsheet took for the second of March."""
    return isinstance(cell, date | time | timedelta)
