"""From an uploaded file to lines of a staff list. `lines` runs in the guarded process; sees no database and no key."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from fengchao.sheets.cleaning import Cleaner, plainly
from fengchao.sheets.limits import LIMITS, MB, Limits
from fengchao.sheets.mapping import complete, propose
from fengchao.sheets.preview import located

from .columns import columns

TARGET = "fengchao.accounts.staff.reading:lines"
COLUMNS = "fengchao.accounts.staff.columns:columns"
SMALL = replace(LIMITS, file_bytes=10 * MB, rows=20_000, text_rows=20_000)
Flawed = tuple[str, str, dict[str, Any]]  # column, code of the flaw, its parameters


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a person, and one duty of theirs if it names one."""

    row: int
    username: str = ""
    name: str = ""
    phone: str = ""
    unit: str = ""
    role: str = ""
    area: str = ""
    since: date | None = None
    until: date | None = None
    flaws: list[Flawed] = field(default_factory=list)


def lines(*, path: str, limits: Limits) -> Iterator[dict[str, Any]]:
    ours = columns()
    opened, header = located(Path(path), None, ours, limits)
    chosen = propose(header, ours)
    complete(chosen, ours)
    cleaner = Cleaner(header, chosen, ours, opened.merged)
    for record in cleaner.records(opened.rows):
        values = {name: plainly(value) for name, value in record.values.items() if value is not None}
        yield values | {"row": record.number, "flaws": [[name, f.code, f.params] for name, f in record.flaws]}


def line_of(raw: dict[str, Any]) -> Line:
    days = {name: date.fromisoformat(raw[name]) for name in ("since", "until") if raw.get(name)}
    return Line(**raw | days | {"flaws": [tuple(flaw) for flaw in raw["flaws"]]})
