"""Outlines enter the map: a file is read, shown, and only when somebody has looked at it, taken over."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from shapely.geometry.base import BaseGeometry

from fengchao.areas.national.standing import Shift
from fengchao.base import audit, clock
from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.ids import uuid7
from fengchao.base.permissions import Permission as P
from fengchao.base.places import Area
from fengchao.base.sql import rows, run
from fengchao.engines.geometry import coordinates
from fengchao.sheets import guard
from fengchao.sheets.limits import MB

from .formats import MAP_LIMITS
from .models import MapImport
from .trial import Line, Trial

WAITS = timedelta(days=3)  # a file that nobody came back to is not kept longer
READING = {"sheet_memory": "map_heavy", "sheet_slow": "map_heavy", "sheet_damaged": "map_damaged"}
State = MapImport.State


def receive(*, by: Actor, area: Area, what: str, datum: str, name: str, chunks: Iterable[bytes]) -> MapImport:
    """Reads an upload under guard. What of it may stand is told when it is looked at; what cannot be judged at all is
    not kept."""
    by.require(P.MANAGE_AREAS, area)
    if what not in MapImport.What.values or datum not in MapImport.Datum.values:
        raise Refused("map_no_file")
    with NamedTemporaryFile(prefix="fengchao-map-") as file:
        for chunk in chunks:
            file.write(chunk)
            if file.tell() > MAP_LIMITS.file_bytes:
                raise Refused("map_too_large", limit=MAP_LIMITS.file_bytes // MB)
        file.flush()
        features = list(_read(Path(file.name)))
    if not features:
        raise Refused("map_empty")
    row = MapImport.objects.create(grid=area.lo, lo=area.lo, hi=area.hi, file_name=Path(name).name[:120], what=what,
                                   datum=datum, features=features, by=by.id)
    Trial(row)
    audit.write_one("map_upload", row.id, by=by, grid=row.grid, what=what, datum=datum, features=len(features))
    return row


def _read(path: Path) -> Iterable[dict]:
    try:
        yield from guard.stream("fengchao.maps.formats:read", limits=MAP_LIMITS, path=str(path))
    except Refused as refused:
        raise Refused(READING.get(refused.code, refused.code), **refused.params) from None


def restate(*, by: Actor, row: MapImport, datum: str, column: str) -> None:
    """What a person says about the file: its datum, and the column that names its features. As in `receive`, what
    could not be judged then is refused and the file stays as it was."""
    by.require(P.MANAGE_AREAS, row.area)
    if datum not in MapImport.Datum.values:
        raise Refused("map_no_file")
    _set(row, datum=datum, column=column[:120])
    row.datum, row.column = datum, column[:120]
    Trial(row)


def confirm(*, by: Actor, row: MapImport) -> dict[str, int]:
    """Takes over every outline that may stand. What stood there before ends yesterday."""
    by.require(P.MANAGE_AREAS, row.area)
    row = MapImport.objects.select_for_update().get(id=row.id)
    if row.state != State.WAITING:
        raise Refused("map_gone")
    trial = Trial(row)
    if not trial.good:
        raise Refused("map_nothing")
    write = write_outlines if row.what == MapImport.What.BUILDINGS else write_boundaries
    write(by=by, area=row.area, shapes=dict(map(_keyed, trial.good)))
    counts = {"taken": len(trial.good), "refused": len(trial.refused)}
    _set(row, state=State.DONE, counts=counts, features=[])
    audit.write_one("map_import", row.id, by=by, grid=row.grid, what=row.what, datum=row.datum, **counts)
    return counts


def _keyed(line: Line) -> tuple[str, BaseGeometry]:
    assert line.target and line.shape is not None
    return line.target.key, line.shape


def drop(*, by: Actor, row: MapImport) -> None:
    by.require(P.MANAGE_AREAS, row.area)
    _set(row, state=State.DROPPED, features=[])
    audit.write_one("map_drop", row.id, by=by, grid=row.grid)


def _set(row: MapImport, **values: object) -> None:
    """Of a file that still waits, whatever the row in hand says: somebody else may have ended it."""
    if not MapImport.objects.filter(id=row.id, state=State.WAITING).update(**values):
        raise Refused("map_gone")


def forget_old(*, by: Actor) -> int:
    """Files that nobody came back to."""
    old = MapImport.objects.filter(at__lt=clock.now() - WAITS, state=State.WAITING)
    n = old.update(state=State.DROPPED, features=[])
    if n:
        audit.write_one("map_forget", "", by=by, files=n)
    return n


# An outline drawn today and drawn again today was never anybody's map of a day: it is replaced, not ended.
END = """WITH given AS (SELECT * FROM json_to_recordset(%s::json) AS g ({key})),
 never AS (DELETE FROM {table} t USING given g
  WHERE {same} AND t.until IS NULL AND t.grid >= %s AND t.grid < %s AND t.since >= %s)
UPDATE {table} t SET until = %s FROM given g
WHERE {same} AND t.until IS NULL AND t.grid >= %s AND t.grid < %s AND t.since < %s"""
ADD_BOUNDARIES = """INSERT INTO maps_boundary (id, grid, lo, hi, parts, west, south, east, north, since)
SELECT id, lo, lo, hi, parts, west, south, east, north, %s FROM json_to_recordset(%s::json) AS g (id uuid, lo bigint,
 hi bigint, parts jsonb, west float8, south float8, east float8, north float8) WHERE lo >= %s AND hi <= %s"""
ADD_OUTLINES = """INSERT INTO maps_outline (id, grid, building_id, parts, west, south, east, north, since)
SELECT g.id, b.grid, b.id, parts, west, south, east, north, %s FROM json_to_recordset(%s::json) AS g (id uuid,
 building uuid, parts jsonb, west float8, south float8, east float8, north float8) JOIN people_building b
 ON b.id = g.building WHERE b.grid >= %s AND b.grid < %s"""

WAYS = "json_to_recordset(%s::json) AS w (id uuid, lo bigint, hi bigint, to_lo bigint, to_hi bigint)"
SHIFT = f"""INSERT INTO maps_boundary (id, grid, lo, hi, parts, west, south, east, north, since)
SELECT w.id, w.to_lo, w.to_lo, w.to_hi, t.parts, t.west, t.south, t.east, t.north, %s FROM {WAYS}
JOIN maps_boundary t ON t.lo = w.lo AND t.hi = w.hi AND t.until IS NULL ON CONFLICT DO NOTHING"""
SHIFTED_TODAY = f"""DELETE FROM maps_boundary t USING {WAYS}
WHERE t.lo = w.lo AND t.hi = w.hi AND t.until IS NULL AND t.since = %s"""
SHIFTED = f"""UPDATE maps_boundary t SET until = %s FROM {WAYS} WHERE t.lo = w.lo AND t.hi = w.hi AND t.until IS NULL"""


def write_boundaries(*, by: Actor, area: Area, shapes: dict[str, BaseGeometry]) -> None:
    """The borders of places inside `area`, by code, in force from today."""
    by.require(P.MANAGE_AREAS, area)
    places = {code: Area.of(code) for code in shapes}
    given = rows({"lo": places[code].lo, "hi": places[code].hi, **_row(shape)} for code, shape in shapes.items())
    end = END.format(table="maps_boundary", key="lo bigint, hi bigint", same="t.lo = g.lo AND t.hi = g.hi")
    _replace(end, ADD_BOUNDARIES, given, area)


def shift_boundaries(shifts: Iterable[Shift], by: Actor, regridding: UUID | None = None, *, back: bool = False) -> None:
    """A place that has another number has the border it had; of one that was merged its grids have theirs."""
    ways = []
    for shift in shifts:
        pairs = [(Area(was, was + 1), Area(to, to + 1)) for was, to in shift.grids]
        pairs += [(shift.was, shift.becomes)] if shift.whole else []
        ways += [(to, was) if back else (was, to) for was, to in pairs]
    given = rows({"id": uuid7(), "lo": was.lo, "hi": was.hi, "to_lo": to.lo, "to_hi": to.hi} for was, to in ways)
    today = clock.today()
    with connection.cursor() as cursor:
        cursor.execute(SHIFT, [today, given])
        cursor.execute(SHIFTED_TODAY, [given, today])
        cursor.execute(SHIFTED, [today - timedelta(days=1), given])
        count = cursor.rowcount
    if count:
        audit.write_one("map_shifted", regridding or "areas", by=by, count=count)


def shift_boundaries_back(shifts: Iterable[Shift], by: Actor, regridding: UUID) -> None:
    shift_boundaries(shifts, by, regridding, back=True)


def write_outlines(*, by: Actor, area: Area, shapes: dict[str, BaseGeometry]) -> None:
    """The outlines of buildings inside `area`, by id, in force from today."""
    by.require(P.MANAGE_AREAS, area)
    given = rows({"building": key, **_row(shape)} for key, shape in shapes.items())
    end = END.format(table="maps_outline", key="building uuid", same="t.building_id = g.building")
    _replace(end, ADD_OUTLINES, given, area)


def _replace(end: str, add: str, given: str, area: Area) -> None:
    today = clock.today()
    try:
        with transaction.atomic():
            run(end, [given, area.lo, area.hi, today, today - timedelta(days=1), area.lo, area.hi, today])
            run(add, [today, given, area.lo, area.hi])
    except IntegrityError as error:  # somebody else drew the same place at the same moment
        raise Refused("stale") from error


def _row(shape: BaseGeometry) -> dict[str, object]:
    west, south, east, north = shape.bounds
    return {"id": uuid7(), "parts": coordinates(shape), "west": west, "south": south, "east": east, "north": north}
