"""What the rest of the platform calls: an uploaded file looked at, read, marked, always under guard."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fengchao.base.errors import Refused
from fengchao.sheets import guard
from fengchao.sheets.columns import by_identifier, columns_of
from fengchao.sheets.limits import LIMITS, Limits


def describe(path: Path, *, columns: str, limits: Limits = LIMITS, **chosen: Any) -> list[dict[str, Any]]:
    """Each visible sheet with its header, proposed mapping and first rows; see `preview.describe`."""
    return list(read("fengchao.sheets.preview:describe", path, columns=columns, limits=limits, **chosen))


def read(target: str, path: Path, *, limits: Limits = LIMITS, **arguments: Any) -> Iterator[Any]:
    """`guard.stream` over a file; a file too large for memory is searched for the cell that makes it so."""
    try:
        yield from guard.stream(target, limits=limits, path=str(path.resolve()), **arguments)
    except Refused as refused:
        if refused.code == "sheet_memory" and (cell := _far_cell(path, limits)) is not None:
            raise Refused("sheet_far_cell", cell=cell) from None
        raise


@contextmanager
def in_words(columns: str) -> Iterator[None]:
    """A refusal that names a column by its identifier, as the guarded process must, names it by its title."""
    try:
        yield
    except Refused as refused:
        if refused.code != "sheet_column_missing":
            raise
        column = by_identifier(columns_of(columns))[str(refused.params["column"])]
        raise Refused(refused.code, column=column.title) from None


def mark(
    path: Path, target: Path, *, sheet: str, header: int, reason: str,
    marks: Sequence[tuple[int, int | None, str]], beside: list[Any] | None = None, limits: Limits = LIMITS,
) -> int:  # fmt: skip
    """Writes the workbook with its refused cells marked to `target`; returns the number of rows marked.

    `marks` are (row as the spreadsheet numbers it, position of the cell or None, reason in words); `beside` is a
    further sheet: its name and its rows of texts.
    """
    return guard.call(
        "fengchao.sheets.marking:mark", limits=limits, path=str(path.resolve()), output=str(target.resolve()),
        sheet=sheet, header=header, reason=reason, marks=[list(mark) for mark in marks],
        beside=beside,
    )  # fmt: skip


def _far_cell(path: Path, limits: Limits) -> str | None:
    try:
        return guard.call("fengchao.sheets.reading:far_cell", limits=limits, path=str(path.resolve()))
    except Refused:
        return None
