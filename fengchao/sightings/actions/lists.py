"""A workbook is held against the register: the same way in as the register's own, but nothing of it is registered."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from psycopg import Cursor

from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.audit import write_one
from fengchao.base.jobs import Report, silent
from fengchao.base.permissions import Permission
from fengchao.base.places import Area
from fengchao.people.importing import waiting
from fengchao.people.importing.actions.people import first_grid, read
from fengchao.people.importing.actions.runs import SHOWN, locked
from fengchao.people.importing.matching import BUILDINGS, PLACES, PLANNING, ROUNDED, run
from fengchao.people.importing.models import ImportRun
from fengchao.people.importing.staging import Staged

from ..models import Sighting, Source
from .keeping import refresh
from .seeing import INSERT, open_source

SIGHTINGS = "sightings"  # the target of its runs
State = ImportRun.State

FLAWS = """CREATE TEMP TABLE IF NOT EXISTS import_flaw (key int, code text, other int) ON COMMIT DROP;
TRUNCATE import_flaw"""
NOTHING = """INSERT INTO import_flaw SELECT key, 'nothing_to_compare', NULL FROM import_person
WHERE NOT flawed AND ric_blind IS NULL AND phone_blind IS NULL AND home IS NULL"""
REFUSED = """SELECT s.n, f.code FROM import_flaw f JOIN import_person s USING (key) WHERE NOT s.flawed ORDER BY s.key"""
READ = """SELECT count(*), count(*) FILTER (WHERE NOT flawed AND key NOT IN (SELECT key FROM import_flaw))
FROM import_person"""

# A door that the register does not have is kept in words; its building, if known, still tells the grid.
STAGED = """(SELECT COALESCE(CASE WHEN NOT p.new_building AND NOT p.ambiguous THEN p.grid END, %(community)s) AS grid,
  CASE WHEN NOT p.new_building AND NOT p.ambiguous THEN p.building END AS building,
  CASE WHEN NOT p.new AND NOT p.ambiguous THEN p.dwelling END AS dwelling, s.name, s.initials, s.born,
  s.ric_sealed, s.ric_blind, s.phone_sealed, s.phone_blind,
  left(concat(d.compound, CASE WHEN d.compound = '' THEN d.road || d.house_number END, p.building_name,
   p.entrance || CASE WHEN p.entrance <> '' THEN '单元' END, p.room), 120) AS place, %(seen_on)s::date AS seen_on
 FROM import_person s LEFT JOIN import_home h USING (home) LEFT JOIN import_place p USING (door)
 LEFT JOIN import_door d USING (door)
 WHERE NOT s.flawed AND s.key NOT IN (SELECT key FROM import_flaw)) AS r"""


class _Undone(Exception):
    """Nothing of a trial stays."""


def hold_list(*, by: Actor, run: UUID, write: bool, purpose: str = "", seen_on: date | None = None,
              expires: date | None = None, report: Report = silent) -> dict[str, Any]:
    """Tries a list, or, once it has been tried, keeps it for a purpose and until a day. Returns the counts.

    A trial is the real thing, undone: what the page shows before is what happens after.
    """
    row = locked(run, SIGHTINGS, write=write)
    by.require(Permission.IMPORT, Area.of(row.grid // 1000))
    try:
        with transaction.atomic():
            source = _source(by, row, purpose, seen_on, expires) if write else _trial(by, row)
            staged, marks, counts = _hold(by, row, source, report)
            if not write:
                raise _Undone
    except _Undone:
        pass
    _finish(by, row, write, counts, marks, staged)
    return counts


def _hold(by: Actor, row: ImportRun, source: Source,
          report: Report) -> tuple[Staged, list[list[Any]], dict[str, Any]]:
    community = row.grid // 1000
    with connection.connection.cursor() as cursor:
        staged = read(cursor, community=community, path=waiting.there(row.id), mapping=row.mapping,
                      sheet=row.sheet or None, header=row.chosen_header, report=report, door_needed=False)
        report(staged.rows, staged.rows, "import_comparing")
        marks = _keep(cursor, source, staged)
        counts: dict[str, Any] = _counted(cursor)
    refresh(by=by, community=community)
    return staged, marks, counts | _found(source)


def _source(by: Actor, row: ImportRun, purpose: str, seen_on: date | None, expires: date | None) -> Source:
    return open_source(by=by, community=row.grid // 1000, name=row.source, purpose=purpose, seen_on=seen_on,
                       expires=expires or clock.today())


def _trial(by: Actor, row: ImportRun) -> Source:
    today = clock.today()
    return Source.objects.get_or_create(grid=row.grid, name=row.source, defaults={
        "purpose": "", "expires": today, "seen_on": today, "by": by.id})[0]


def _keep(cursor: Cursor, source: Source, staged: Staged) -> list[list[Any]]:
    """From the temporary tables into ours; returns the marks of the rows that are refused."""
    community = source.grid // 1000
    values = {"lo": source.grid, "hi": source.grid + 1000, "grid": first_grid(Area.of(community)),
              "source": source.id, "expires": source.expires, "community": source.grid, "seen_on": source.seen_on,
              "today": clock.today()}
    cursor.execute(PLANNING)
    for script in (BUILDINGS, PLACES, FLAWS):
        run(cursor, script, values)
    cursor.execute(ROUNDED, [staged.rounded])
    cursor.execute(NOTHING)
    cursor.execute(INSERT.format(seen=STAGED), values)
    return staged.flaws + [[n, None, code, {}] for n, code in cursor.execute(REFUSED).fetchall()]


def _counted(cursor: Cursor) -> dict[str, int]:
    rows, accepted = cursor.execute(READ).fetchone() or (0, 0)
    return {"rows": rows, "accepted": accepted, "refused": rows - accepted}


def _found(source: Source) -> dict[str, int]:
    mine = Sighting.objects.filter(source=source, dismissed="")
    strangers = mine.filter(person=None)
    return {"people": mine.count(), "known": mine.exclude(person=None).count(), "strangers": strangers.count(),
            "no_door": strangers.filter(dwelling=None).count()}


def _finish(by: Actor, row: ImportRun, write: bool, counts: dict[str, Any], marks: list[list[Any]],
            staged: Staged) -> None:
    findings = {"sheets": row.findings.get("sheets", []), "marks": marks, "remarks": staged.remarks[:SHOWN]}
    ImportRun.objects.filter(id=row.id).update(
        counts=counts, findings=findings, state=State.DONE if write else State.TRIED,
        header=staged.header["header"], finished=clock.now() if write else None,
    )  # fmt: skip
    if write:
        write_one("hold_list", row.id, by=by, grid=row.grid, **counts)
