"""A workbook enters the register: all of it that can be accepted, or nothing (decision 24)."""

import time
from collections import Counter
from pathlib import Path
from typing import Any

from django.db import connection, models
from psycopg import Cursor

from fengchao.areas.models import Division, FormerName, Grid
from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.jobs import Report, silent
from fengchao.base.permissions import Permission
from fengchao.base.places import Area
from fengchao.people.importing import matching, writing
from fengchao.people.importing.actions.remembering import Outcome, new_run, remember, remembered, source_of
from fengchao.people.importing.models import ImportRun
from fengchao.people.importing.staging import Staged, stage
from fengchao.people.models import Building
from fengchao.people.sheet import TARGET as COLUMNS
from fengchao.people.told import tell_moved
from fengchao.sheets import uploads

TARGET = "fengchao.people.importing.rows:people"


def import_people(
    *, by: Actor, community: int, path: Path, source: str = "", sheet: str | None = None, header: int | None = None,
    mapping: list[list[Any]] | None = None, dry_run: bool = False, report: Report = silent,
    run: ImportRun | None = None,
) -> Outcome:  # fmt: skip
    """Reads, compares and, unless `dry_run`, writes, in the caller's transaction.

    Without a `mapping` the one last used for a file of this source with the same headings is used again, else one is
    proposed. `header`: the row that names the columns, where it cannot be found.
    """
    area = Area.of(community)
    by.require(Permission.IMPORT, area)
    begun = time.monotonic()
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        staged = read(cursor, community=community, path=path, sheet=sheet, header=header, mapping=mapping,
                      source=source, report=report)  # fmt: skip
        source = source or source_of(staged.header["signature"], community, path)
        report(staged.rows, staged.rows, "import_comparing")
        compared = matching.compare(
            cursor, community=community, grid=first_grid(area), source=source, rounded=staged.rounded
        )
        if not dry_run:
            report(staged.rows, staged.rows, "import_writing")
            _new_grids(cursor)
            moved = writing.write(cursor, community=community, source=source, today=clock.today())
            tell_moved(moved, by)
    outcome = _outcome(staged, compared, source, time.monotonic() - begun)
    if not dry_run:
        remember(by, run or new_run(by, community, path, source), outcome, "import_people")
    return outcome


def read(cursor: Cursor, *, community: int, path: Path, sheet: str | None, mapping: list[list[Any]] | None,
         header: int | None = None, source: str = "", report: Report = silent, door_needed: bool = True) -> Staged:
    """A workbook into the temporary tables, under guard."""
    area = Area.of(community)
    messages = uploads.read(
        TARGET, path, columns=COLUMNS, sheet_name=sheet, header_row=header, mapping=mapping,
        remembered=remembered(area, source), community=community, divisions=divisions_around(community),
        own=own_names(area), door_needed=door_needed,
    )  # fmt: skip
    cursor.execute("SET LOCAL work_mem = '96MB'")
    with uploads.in_words(COLUMNS):
        return stage(cursor, messages, community=community, report=report)


def divisions_around(community: int) -> list[list[Any]]:
    """The community and what it lies in, by the names of today and of before: all that an address in its own register
    can mean."""
    around = Division.objects.filter(lo__lte=community * 1000, hi__gt=community * 1000)
    former = FormerName.objects.filter(division__in=around).values_list("division__code", "name")
    return [[code, name] for code, name in [*around.values_list("code", "name"), *former]]


def own_names(area: Area) -> dict[str, list[str]]:
    rows = list(Building.objects.filter(grid__gte=area.lo, grid__lt=area.hi).values_list("road", "compound"))
    return {"roads": sorted({road for road, _ in rows} - {""}), "compounds": sorted({name for _, name in rows} - {""})}


def first_grid(area: Area) -> int:
    """Where a new building stands whose row names no grid."""
    valid = Grid.objects.filter(code__gte=area.lo, code__lt=area.hi).filter(
        models.Q(until__isnull=True) | models.Q(until__gt=clock.today())
    )
    return valid.order_by("code").values_list("code", flat=True).first() or area.lo + 1


def _new_grids(cursor: Cursor) -> None:
    cursor.execute(
        "INSERT INTO areas_grid (code, name, kind, since)"
        " SELECT DISTINCT grid, '第' || grid %% 1000 || '网格', 'base_grid', %s::date FROM import_building"
        " ON CONFLICT DO NOTHING",
        [clock.today()],
    )


def _outcome(staged: Staged, compared: matching.Compared, source: str, seconds: float) -> Outcome:
    verdicts = compared.verdicts
    once = Counter(name for _, name in staged.header["mapping"])  # of people side by side, the row is all we know
    place = {name: position for position, name in staged.header["mapping"] if once[name] == 1}
    marks = staged.flaws + [
        [row, place.get("address", place.get("building")) if code == "building_ambiguous" else place.get("id_number"),
         code, {"row": other}] for row, code, other in compared.flaws
    ]  # fmt: skip
    remarks = staged.remarks + [[row, None, "row_repeated", {"row": first}] for row, first in compared.repeats]
    kinds = dict(staged.remark_counts) | ({"row_repeated": len(compared.repeats)} if compared.repeats else {})
    counts = {
        "rows": sum(verdicts.values()), "created": verdicts.get("created", 0), "updated": verdicts.get("updated", 0),
        "unchanged": verdicts.get("unchanged", 0) + verdicts.get("repeated", 0), "refused": verdicts.get("refused", 0),
        "disappeared": len(compared.gone), "remarks": sum(kinds.values()), "seconds": round(seconds, 2),
        "source": source, "remark_kinds": kinds, "left_out": staged.left_out,
    }  # fmt: skip
    header = staged.header
    return Outcome(
        counts, header["sheet"], header["header"], header["signature"], header["mapping"], header["headings"],
        marks, remarks, compared.samples, compared.gone,
    )  # fmt: skip
