"""Refused rows in words: for a screen, and as the sender's own workbook with the cells marked."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from fengchao.people.importing import wording  # noqa: F401  (registers the words)
from fengchao.people.importing.actions import Outcome
from fengchao.sheets import uploads
from fengchao.sheets.wording import sentence

Mark = tuple[int, int | None, str]


def sentences(marks: Iterable[list[Any]]) -> list[Mark]:
    return sorted(((row, place, sentence(code, params)) for row, place, code, params in marks), key=lambda m: m[0])


def write_errors(path: Path, target: Path, outcome: Outcome) -> int:
    """Writes the marked workbook; returns the number of rows marked."""
    return write_marked(path, target, sheet=outcome.sheet, header=outcome.header, marks=outcome.marks,
                        gone=outcome.gone)  # fmt: skip


def write_marked(path: Path, target: Path, *, sheet: str, header: int, marks: Iterable[list[Any]],
                 gone: Iterable[list[str]] = ()) -> int:  # fmt: skip
    """`gone`, if there is anybody, on a sheet of their own: the source had them, and has them no more."""
    left = [[name, door] for _id, name, door in gone]
    return uploads.mark(
        path, target, sheet=sheet, header=header, reason=_("不能导入的原因"), marks=sentences(marks),
        beside=[_("这次没有的人"), [[_("姓名"), _("住处")], *left]] if left else None,
    )  # fmt: skip
