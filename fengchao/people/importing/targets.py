"""What a workbook can be brought in for. A noun registers its own at start; every run walks through the same pages."""

from dataclasses import dataclass
from typing import Any

from django import forms

from fengchao.base.errors import Refused
from fengchao.base.jobs import Job
from fengchao.people import sheet


@dataclass(frozen=True, slots=True)
class Target:
    """`home`: the page a run begins at, by its name and the words for it. `promise`: what happens with a list, said
    before anything is. `job`: tries a run, or carries it out with what `form` asked. `result`: the template of what
    it found. `one_source`: files with the same headings come from the same source."""

    code: str
    home: tuple[str, Any]
    promise: Any  # lazy translation
    job: Job
    result: str
    form: type[forms.Form] = forms.Form
    one_source: bool = True
    columns: str = sheet.TARGET  # what its cells may say, by name: see `sheets.columns_of`


_known: dict[str, Target] = {}


def register(target: Target) -> None:
    _known[target.code] = target


def target_of(code: str) -> Target:
    if code not in _known:
        raise Refused("not_found")
    return _known[code]
