"""Answers held against their form: what of them is kept, and what is wrong with them.

Every question is asked again here with the logic of the form itself, because a phone may be old, broken or not ours.
Calculations are made anew and never taken from the phone.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from lxml import etree

from . import logic
from .values import READERS, REPEATS, BadValue

SIZE = 64 * 1024
SENTENCES = {
    "required": _("“%(label)s”必须回答。"),
    "unknown": _("表单里没有“%(label)s”这一题。请更新手机上的程序后重试。"),
    "not_asked": _("按前面的回答，不该问“%(label)s”。"),
    "constraint": _("“%(label)s”的回答不符合要求：%(message)s"),
    "not_text": _("“%(label)s”应为文字。"),
    "text_long": _("“%(label)s”最多 %(limit)s 个字。"),
    "not_integer": _("“%(label)s”应为整数。"),
    "not_number": _("“%(label)s”应为数字。"),
    "not_date": _("“%(label)s”应为日期。"),
    "not_a_choice": _("“%(label)s”的选项不在表单里。"),
    "not_a_list": _("“%(label)s”应为一组回答。"),
    "too_many": _("“%(label)s”最多 %(limit)s 组。"),
    "too_large": _("回答的内容太多，没有保存。"),
}


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    name: str
    code: str
    label: dict[str, str] = field(default_factory=dict)
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        english = (get_language() or "").startswith("en")
        params = {key: value["en" if english else "zh"] if isinstance(value, dict) else value
                  for key, value in self.params.items()}
        label = self.label.get("en" if english else "zh") or self.name
        return str(SENTENCES[self.code]) % {"label": label, **params}


def check_answers(form: UUID, answers: dict[str, Any]) -> tuple[dict[str, Any], list[AnswerProblem]]:
    """What to store of `answers` to a work.Form, and everything wrong with them."""
    return questionnaire(form).check(answers)


@lru_cache(maxsize=256)
def questionnaire(form: UUID) -> "Questionnaire":
    """A form never changes, so it is read once by each process."""
    from ..models import Form

    return Questionnaire(Form.objects.values_list("fields", flat=True).get(id=form))


class Questionnaire:
    """A form ready to check answers, shared by threads; nothing of an answer stays in it."""

    def __init__(self, fields: list[dict[str, Any]]) -> None:
        self.by_name = {question["name"]: question for question in fields}
        self.below: dict[str, list[dict[str, Any]]] = {}
        for question in fields:
            self.below.setdefault(question["parent"], []).append(question)
        self.repeat_of = {name: self._repeat_of(question) for name, question in self.by_name.items()}

    def check(self, answers: dict[str, Any]) -> tuple[dict[str, Any], list[AnswerProblem]]:
        problems: list[AnswerProblem] = []
        if not isinstance(answers, dict) or len(json.dumps(answers)) > SIZE:
            return {}, [AnswerProblem("", "too_large")]
        typed = self._typed(answers, "", problems)
        root = etree.Element("data")
        self._plant(root, "", typed)
        kept: dict[str, Any] = {}
        self._ask(root, "", typed, kept, problems)
        return kept, problems

    def _typed(self, answers: dict[str, Any], inside: str, problems: list[AnswerProblem]) -> dict[str, Any]:
        """The answers laid flat, each as its question's type; what is empty or has no such type is left out."""
        typed: dict[str, Any] = {}
        for name, value in answers.items():
            question = self.by_name.get(name)
            if question is None or self.repeat_of[name] != inside:
                problems.append(AnswerProblem(str(name)[:40], "unknown"))
            elif question["type"] == "group" and isinstance(value, dict):
                typed |= self._typed(value, inside, problems)
            elif question["type"] == "repeat":
                typed[name] = self._typed_repeat(question, value, problems)
            elif question["type"] in READERS and value not in (None, "", []):
                try:
                    typed[name] = READERS[question["type"]](value, question)
                except BadValue as bad:
                    problems.append(AnswerProblem(name, bad.code, question["label"], bad.params))
        return typed

    def _typed_repeat(self, question: dict[str, Any], value: Any,
                      problems: list[AnswerProblem]) -> list[dict[str, Any]]:
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            problems.append(AnswerProblem(question["name"], "not_a_list", question["label"]))
            return []
        if len(value) > REPEATS:
            problems.append(AnswerProblem(question["name"], "too_many", question["label"], {"limit": REPEATS}))
        return [self._typed(one, question["name"], problems) for one in value[:REPEATS]]

    def _repeat_of(self, question: dict[str, Any]) -> str:
        """The repeat a question stands in, through any groups, or nothing."""
        while parent := question["parent"]:
            question = self.by_name[parent]
            if question["type"] == "repeat":
                return parent
        return ""

    def _plant(self, node: etree._Element, inside: str, typed: dict[str, Any]) -> None:
        """The tree that expressions are asked of: every question a node, empty where there is no answer."""
        for question in self.below.get(inside, ()):
            name = question["name"]
            if question["type"] == "group":
                self._plant(etree.SubElement(node, name), name, typed)
            elif question["type"] == "repeat":
                for one in typed.get(name, ()):
                    self._plant(etree.SubElement(node, name), name, one)
            else:
                etree.SubElement(node, name).text = _in_tree(question, typed.get(name))

    def _ask(self, node: etree._Element, inside: str, typed: dict[str, Any], kept: dict[str, Any],
             problems: list[AnswerProblem]) -> None:
        """Goes through the questions in order, as the phone did, and keeps what was rightly answered."""
        for question in self.below.get(inside, ()):
            name, here = question["name"], node.findall(question["name"])
            if here and not _holds(question, "relevant", here[0]):
                problems += self._stray(question, typed)
                for each in here:  # what is not asked counts as empty further down
                    each.clear()
            elif question["type"] == "group":
                self._ask(here[0], name, typed, kept, problems)
            elif question["type"] == "repeat":
                kept[name] = [{} for _ in here]
                for each, one, into in zip(here, typed.get(name, ()), kept[name], strict=True):
                    self._ask(each, name, one, into, problems)
            elif question["type"] == "calculate":
                here[0].text = logic.text(_value(question["paths"]["calculation"], here[0], ""))
                kept[name] = here[0].text
            else:
                problems += _judge(question, here[0], typed.get(name))
                if name in typed:
                    kept[name] = typed[name]

    def _stray(self, question: dict[str, Any], typed: dict[str, Any]) -> Iterator[AnswerProblem]:
        """Answers below a question that should not have been asked."""
        if question["type"] == "group":
            for inner in self.below.get(question["name"], ()):
                yield from self._stray(inner, typed)
        elif typed.get(question["name"]) and question["type"] != "calculate":
            yield AnswerProblem(question["name"], "not_asked", question["label"])


def _in_tree(question: dict[str, Any], value: Any) -> str:
    if value is None:
        return ""
    if question["type"] == "date":
        return str(logic._date(None, value)).removesuffix(".0")
    return " ".join(value) if isinstance(value, list) else str(value)


def _judge(question: dict[str, Any], node: etree._Element, value: Any) -> Iterator[AnswerProblem]:
    if value is None:
        if question["type"] != "note" and question["paths"].get("required") and _holds(question, "required", node):
            yield AnswerProblem(question["name"], "required", question["label"])
    elif not _holds(question, "constraint", node):
        message = question.get("message") or {"zh": question["constraint"], "en": question["constraint"]}
        yield AnswerProblem(question["name"], "constraint", question["label"], {"message": message})


def _holds(question: dict[str, Any], key: str, node: etree._Element) -> bool:
    expression = question["paths"].get(key)
    return expression is None or logic.truth(_value(expression, node, True))


def _value(expression: str, node: etree._Element, otherwise: Any) -> Any:
    """An expression that fails on these answers (too few arguments, say) must not lose a fact."""
    try:
        return logic.compiled(expression)(node)
    except (etree.XPathError, TypeError):
        return otherwise
