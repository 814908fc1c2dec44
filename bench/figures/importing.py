"""Importing a workbook as communities keep it, all checks on, into an empty register, until it is committed."""

import csv
import resource
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from bench.context import Bench
from bench.figure import Measured, figure

COMMUNITY = 350181005004
HOUSEHOLDS = 4_883  # of one community; larger files are several pasted together, their compounds told apart
REFUSED = 0.05  # the files are untidy on purpose: about three rows in a hundred cannot be accepted
MEMORY = 1.5 * 1024**3


@figure("import_50k_xlsx", unit="s", target=15)
def import_50k_xlsx(bench: Bench) -> Measured:
    return _measure(bench, "import_50k.xlsx", 50_000, _write_xlsx, _read_xlsx)


@figure("import_1m_csv", unit="s", target=150)
def import_1m_csv(bench: Bench) -> Measured:
    return _measure(bench, "import_1m.csv", 1_000_000, _write_csv, _read_csv)


def _measure(bench: Bench, name: str, rows: int, write: Callable, read: Callable[[Path], int]) -> Measured:
    """The floor reads the same file once with the bare reader. The file is made once and kept in the home folder."""
    bench.urls  # noqa: B018  (Django is set up, the server runs)
    from fengchao.base import testdb

    path = bench.home / name
    if not path.exists():
        bench.say(f"making {name}")
        draft = path.with_name(f"draft-{name}")
        write(draft, rows)
        draft.rename(path)
    began = time.perf_counter()
    read(path)
    floor = time.perf_counter() - began
    database = testdb.create("bench")
    try:
        seconds, counts = _import(path)
    finally:
        testdb.drop(database)
        testdb.point_to(bench.urls, testdb.postgres.DATABASE)
    if counts["refused"] > counts["rows"] * REFUSED:
        raise RuntimeError(f"{counts['refused']} of {counts['rows']} rows refused")
    memory = _memory()
    note = f"{counts['created']:,} of {counts['rows']:,} rows created, {memory / 1024**2:,.0f} MB"
    return Measured(seconds, floor=floor, note=note + (" (over 1.5 GB)" if memory > MEMORY else ""))


def _import(path: Path) -> tuple[float, dict]:
    from fengchao.base.actor import system_actor
    from fengchao.base.scope import acting
    from fengchao.people.importing.actions import import_people

    began = time.perf_counter()
    with acting(system_actor()) as by:
        outcome = import_people(by=by, community=COMMUNITY, path=path)
    return time.perf_counter() - began, outcome.counts


def _memory() -> int:
    """Peak of this process and of the largest reader it started, in bytes; PostgreSQL keeps its own bounds."""
    return 1024 * sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def _rows(count: int) -> Iterator[list]:
    """Rows of untidy sheets one below the other, the first with its title, header and notes."""
    from fengchao.demo.dirty import dirty_sheet
    from fengchao.demo.synthetic import community

    written = nth = 0
    while written < count:
        made = community(COMMUNITY, households=HOUSEHOLDS, seed=nth + 1, block=nth)
        sheet = dirty_sheet(made, seed=nth)
        for row, truth in zip(sheet.rows, sheet.truth, strict=True):
            if truth["verdict"] != "ignore":
                written += 1
                row[1] = row[1] and f"{row[1]}{nth}区"
            elif nth:
                continue
            yield row
            if written == count:
                return
        nth += 1


def _text(cell: object) -> object:
    return cell.isoformat() if isinstance(cell, date) else cell


def _write_csv(path: Path, count: int) -> None:
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([_text(cell) for cell in row] for row in _rows(count))


def _write_xlsx(path: Path, count: int) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet("人口信息")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for at, row in enumerate(_rows(count)):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(at, column, cell, day)
                elif isinstance(cell, str):
                    page.write_string(at, column, cell)
                elif cell is not None:
                    page.write(at, column, cell)


def _read_csv(path: Path) -> int:
    with path.open(encoding="gb18030", newline="") as file:
        return sum(1 for _ in csv.reader(file))


def _read_xlsx(path: Path) -> int:
    from python_calamine import CalamineWorkbook

    return sum(1 for _ in CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows())


