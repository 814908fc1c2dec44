"""The conditions of a form as a person would say them. What is too intricate is shown as it was written."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

HERE = "."
TERM = r"(?:\$\{\s*(?P<name>\w+)\s*\}|(?P<here>\.))"
VALUE = r"(?P<value>'[^']*'|\"[^\"]*\"|-?\d+(?:\.\d+)?|today\(\))"
COMPARED = re.compile(rf"{TERM}\s*(?P<sign>!=|>=|<=|=|>|<)\s*{VALUE}")
CHOSEN = re.compile(rf"(?P<no>not\()?\s*selected\(\s*{TERM}\s*,\s*{VALUE}\s*\)\s*(?(no)\))")
COUNTED = re.compile(rf"count-selected\(\s*{TERM}\s*\)\s*(?P<sign>!=|>=|<=|=|>|<)\s*{VALUE}")
JOINED = re.compile(r"\s+(and|or)\s+")


def spoken(word: dict[str, str] | None) -> str:
    """A text of a form in the language of whoever reads."""
    return (word or {}).get("en" if (get_language() or "").startswith("en") else "zh", "")


def condition(expression: str, questions: Mapping[str, dict[str, Any]], this: dict[str, Any]) -> str:
    """`${help} = 'yes' and . > 0` as words; `this` is the question that "." means."""
    parts = JOINED.split(expression.strip())
    if len(set(parts[1::2])) > 1:
        return expression  # and mixed with or: only the brackets say what is meant
    said = [_one(part.strip(), questions, this) for part in parts[::2]]
    if not all(said):
        return expression
    return (_("，并且") if "and" in parts[1::2] else _("，或者")).join(said)


def _one(part: str, questions: Mapping[str, dict[str, Any]], this: dict[str, Any]) -> str:
    for pattern, say in ((COMPARED, _compared), (CHOSEN, _chosen), (COUNTED, _counted)):
        if found := pattern.fullmatch(part):
            question = this | {"called": _("本题")} if found["here"] else questions.get(found["name"])
            return say(found, question) if question else ""
    return ""


def _compared(found: re.Match[str], question: dict[str, Any]) -> str:
    sentences = {"=": _("“%(question)s”是“%(value)s”"), "!=": _("“%(question)s”不是“%(value)s”"),
                 ">": _("“%(question)s”大于 %(value)s"), "<": _("“%(question)s”小于 %(value)s"),
                 ">=": _("“%(question)s”不小于 %(value)s"), "<=": _("“%(question)s”不大于 %(value)s")}
    if question["type"] == "date":
        sentences |= {">=": _("“%(question)s”不早于%(value)s"), "<=": _("“%(question)s”不晚于%(value)s")}
    return sentences[found["sign"]] % {"question": _name(question), "value": _value(found["value"], question)}


def _chosen(found: re.Match[str], question: dict[str, Any]) -> str:
    sentence = _("“%(question)s”没有选“%(value)s”") if found["no"] else _("“%(question)s”选了“%(value)s”")
    return sentence % {"question": _name(question), "value": _value(found["value"], question)}


def _counted(found: re.Match[str], question: dict[str, Any]) -> str:
    return _("“%(question)s”选的个数 %(sign)s %(value)s") % {
        "question": _name(question), "sign": found["sign"], "value": found["value"]}


def _name(question: dict[str, Any]) -> str:
    return question.get("called") or spoken(question["label"]) or question["name"]


def _value(text: str, question: dict[str, Any]) -> str:
    if text == "today()":
        return _("今天")
    value = text.strip("'\"")
    choice = next((c for c in question.get("choices", ()) if c["name"] == value), None)
    return spoken(choice) if choice else value
