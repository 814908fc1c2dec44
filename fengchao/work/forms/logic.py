"""The conditions of a form: XPath 1.0 with the functions that XLSForm adds, over the answers as a small tree.

libxml2 evaluates them, as the phone's engine does on its side. Dates stand in the tree as days since 1970, so that they
compare as numbers; a quoted date in an expression is turned into such a number for the same reason.
"""

import math
import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from lxml import etree

from fengchao.base import clock

EPOCH = date(1970, 1, 1).toordinal()
REFERENCE = re.compile(r"\$\{\s*([^}]*?)\s*\}")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
QUOTED_DATE = re.compile(r"""(['"])(\d{4}-\d\d-\d\d)\1""")
CALLED = re.compile(r"([A-Za-z_][\w:.-]*)\s*\(")
NATIVE = ("boolean", "ceiling", "concat", "contains", "count", "false", "floor", "not", "number", "position", "round",
          "starts-with", "string", "string-length", "substring", "substring-after", "substring-before", "sum",
          "translate", "true", "normalize-space")
OPERATORS = ("and", "or", "div", "mod")
PATTERN_LIMIT = 200


class BadExpression(ValueError):
    """An expression that we do not evaluate: `code` names the sentence, `params` fill it."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def days(day: date) -> int:
    return day.toordinal() - EPOCH


def text(value: Any) -> str:
    """A value of XPath as its string(): the first node's text, numbers without a needless fraction."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, etree._Element):
        return "".join(value.itertext())
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return "NaN" if math.isnan(value) else str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def number(value: Any) -> float:
    try:
        return float(text(value))
    except ValueError:
        return math.nan


def truth(value: Any) -> bool:
    return bool(value) and not (isinstance(value, float) and math.isnan(value))


def _numbers(values: Iterable[Any]) -> list[float]:
    flat = (item for value in values for item in (value if isinstance(value, list) else [value]))
    return [found for item in flat if not math.isnan(found := number(item))]


def _date(_: Any, value: Any) -> float:
    said = text(value)
    try:
        return float(days(date.fromisoformat(said[:10])))
    except ValueError:
        return number(said)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "selected": lambda _, value, choice: text(choice) in text(value).split(),
    "count-selected": lambda _, value: float(len(text(value).split())),
    "regex": lambda _, value, pattern: re.fullmatch(text(pattern), text(value)) is not None,
    "today": lambda _: float(days(clock.today())),
    "date": _date,
    "int": lambda _, value: float(math.trunc(found)) if math.isfinite(found := number(value)) else math.nan,
    "if": lambda _, test, yes, no: yes if truth(test) else no,
    "coalesce": lambda _, one, other: one if text(one) else other,
    "min": lambda _, *values: min(_numbers(values), default=math.nan),
    "max": lambda _, *values: max(_numbers(values), default=math.nan),
}


def references(expression: str) -> list[str]:
    return REFERENCE.findall(expression)


def check(expression: str, names: Iterable[str]) -> None:
    """Raises BadExpression when the phone or we could not evaluate it. `names` are the questions it may refer to."""
    for name in references(expression):
        if name not in names:
            raise BadExpression("reference_unknown", name=name)
    bare = QUOTED.sub("''", REFERENCE.sub("x", expression))
    for name in CALLED.findall(bare):
        if name not in (*NATIVE, *OPERATORS, *FUNCTIONS):
            raise BadExpression("function_unknown", function=name)
    for quoted in QUOTED.findall(expression):
        if "regex" in expression:
            _check_pattern(quoted[1:-1])
    try:
        compiled(REFERENCE.sub("x", expression))
    except etree.XPathError:
        raise BadExpression("expression_bad") from None


def _check_pattern(pattern: str) -> None:
    """A pattern with a repetition inside a repetition can take for ever on a few characters."""
    if len(pattern) > PATTERN_LIMIT or re.search(r"[*+}]\)[*+{]", pattern):
        raise BadExpression("pattern_slow")
    try:
        re.compile(pattern)
    except re.error:
        raise BadExpression("pattern_bad") from None


@lru_cache(maxsize=4096)
def compiled(expression: str) -> etree.XPath:
    called = {name for name in CALLED.findall(QUOTED.sub("''", expression)) if name in FUNCTIONS}
    extensions = {(None, name): FUNCTIONS[name] for name in called}  # registering all of them costs at every call
    return etree.XPath(QUOTED_DATE.sub(_day_number, expression), extensions=extensions or None, smart_strings=False)


def _day_number(found: re.Match[str]) -> str:
    try:
        return str(days(date.fromisoformat(found[2])))
    except ValueError:  # looks like a date and is none: stays the text it is
        return found[0]
