"""A form as it will be asked, question by question, with its logic in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .words import condition, spoken

TYPES = {
    "text": _("文字"), "integer": _("整数"), "decimal": _("小数"), "date": _("日期"), "select_one": _("单选"),
    "select_multiple": _("多选"), "image": _("照片"), "note": _("提示"), "calculate": _("自动计算"),
    "group": _("一组"), "repeat": _("可以重复填写的一组"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One question; `depth` counts the groups around it, `control` is the kind of input it gets."""

    name: str
    type: str
    control: str
    label: str
    hint: str
    depth: int
    required: str
    choices: list[str]
    asked_if: str
    must_be: str
    message: str
    calculation: str


def shown(fields: list[dict[str, Any]]) -> Iterator[Shown]:
    questions = {field["name"]: field for field in fields}
    for field in fields:
        required = field.get("required", "")
        yield Shown(
            name=field["name"], type=str(TYPES[field["type"]]), control=field["type"],
            label=spoken(field["label"]), hint=spoken(field.get("hint")), depth=_depth(field, questions),
            required=required if required in ("", "true()") else condition(required, questions, field),
            choices=[spoken(choice) for choice in field.get("choices", ())],
            asked_if=condition(field["relevant"], questions, field) if "relevant" in field else "",
            must_be=condition(field["constraint"], questions, field) if "constraint" in field else "",
            message=spoken(field.get("message")), calculation=field.get("calculation", ""),
        )


def _depth(field: dict[str, Any], questions: dict[str, dict[str, Any]]) -> int:
    depth = 0
    while parent := field["parent"]:
        field, depth = questions[parent], depth + 1
    return depth
