"""Lines of a return as a page or a workbook shows them: in the reader's language, the daily ones first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from fengchao import packs
from fengchao.packs import Element


@dataclass(frozen=True, slots=True)
class Figure:
    code: str
    label: str
    value: int
    comment: str
    daily: bool


def columns() -> tuple[Element, ...]:
    return packs.base_pack().daily_return


def figures(lines: Iterable[dict[str, Any]]) -> list[Figure]:
    """The words are those that were confirmed, not those of today's pack."""
    tongue = "en" if (get_language() or "").startswith("en") else "zh"
    daily = {element.code for element in columns() if element.daily}
    return [Figure(line["code"], line[tongue], line["value"], line["comment"], line["code"] in daily)
            for line in lines]
