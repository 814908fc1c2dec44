"""From an uploaded file to premises. Runs in the guarded process; sees no database and no key."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fengchao.people.importing.doors import CELLS, Door, read_door
from fengchao.people.importing.rows import address_parts, heading, understood
from fengchao.sheets.cleaning import Cleaner
from fengchao.sheets.columns import columns_of
from fengchao.sheets.limits import Limits
from fengchao.sheets.preview import located


def premises(
    *, path: str, columns: str, sheet_name: str | None, header_row: int | None, mapping: list[list[Any]] | None,
    remembered: dict[str, list[list[Any]]], community: int, divisions: list[list[Any]], own: dict[str, list[str]],
    limits: Limits,
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """First a message about the header, then a line for each row. `door` is what it says about the building."""
    ours = columns_of(columns)
    opened, header = located(Path(path), sheet_name, ours, limits, header_row)
    chosen = understood(header, ours, mapping, remembered)
    yield heading(opened, header, chosen)
    parts = address_parts(divisions, own, community)
    where = {name: place for place, name in chosen.items()}
    for record in Cleaner(header, chosen, ours, opened.merged, households=False).records(opened.rows):
        values = {name: value for name, value in record.values.items() if value not in (None, "")}
        door = read_door({cell: values[cell] for cell in CELLS if cell in values}, parts)
        yield {
            "row": record.number, "values": values, "door": door._asdict() if isinstance(door, Door) else None,
            "flaws": [[record.number, where.get(name), flaw.code, flaw.params] for name, flaw in record.flaws],
            "remarks": [[record.number, where.get(name), mark.code, mark.params] for name, mark in record.remarks],
        }  # fmt: skip
