"""A feed on its way out: one statement that PostgreSQL writes as CSV into a file, and from there over the wire.

The file lies between so that a slow reader never holds a transaction open: phones' pulls and the seals of the trail
wait for the oldest one. Memory does not grow with the rows. Parquet is made from the file, batch by batch, when the
transaction has ended.

Why no change is missed: see sync.pull. The number asked for before the first row is read becomes the cursor; a row may
be told twice, never skipped.
"""

from dataclasses import dataclass
from errno import ENOSPC
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from django.db import connection

from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.sql import run
from fengchao.sync.cursor import Cursor

from .feeds import GONE, Column, Feed, columns

BEGIN = "SELECT fc_tx_safe(), (SELECT epoch FROM base_epoch)::text"

# What a spreadsheet would run as a formula (see sheets.injection); in Parquet the text stays as it is.
NEUTRAL = "CASE WHEN {0} ~ '^''*[ \u3000]*[-=+@\t\r\n\uff1d\uff0b\uff0d\uff20]' THEN '''' || {0} ELSE {0} END"
ROW_GROUP = 50_000  # rows of Parquet held in memory at a time
ISO = "replace(({} AT TIME ZONE 'UTC')::text, ' ', 'T') || 'Z'"


@dataclass(frozen=True, slots=True)
class Reading:
    """The rows in a file that vanishes when it is closed. `full`: forget what you hold first."""

    file: IO[bytes]
    rows: int
    cursor: str
    full: bool


@dataclass(frozen=True, slots=True)
class Span:
    """What is asked for: rows written since a transaction (0: all), and the cursor to go on from."""

    since: int
    cursor: str


def span(feed: Feed, actor: Actor, cursor: str) -> Span:
    """Runs inside `acting(actor)`, before any row is read. With a cursor of another reach or epoch all is read anew."""
    safe, epoch = run(BEGIN, ()).fetchone() or (0, "")
    decides = [epoch, feed.code, str(feed.version), repr((actor.scope, actor.whole, actor.buildings))]
    basis = sha256("\n".join(decides).encode()).hexdigest()[:16]
    asked = Cursor.parse(cursor)
    known = asked is not None and asked.basis == basis and asked.since <= safe and not feed.whole
    return Span(asked.since if asked and known else 0, str(Cursor(basis, safe, 0)))


def read(feed: Feed, asked: Span, *, neutral: bool) -> Reading:
    """As CSV; `neutral` for one that people may open. Runs inside `acting(actor)`: the policies choose the rows."""
    file = NamedTemporaryFile(suffix=".csv")  # noqa: SIM115  (closed with the answer)
    try:
        rows = _write(file, statement(feed, asked.since, neutral=neutral))
    except OSError as error:
        raise Refused("disk_full" if error.errno == ENOSPC else "busy") from error
    return Reading(file, rows, asked.cursor, asked.since == 0)


def _write(file: IO[bytes], copying: str) -> int:
    """Returns the rows; the file is left at its beginning."""
    with connection.cursor() as cursor:
        with cursor.copy(copying) as copy:
            for block in copy:
                file.write(block)
        rows = cursor.rowcount
    file.flush()
    file.seek(0)
    return rows


def statement(feed: Feed, since: int, *, neutral: bool = True) -> str:
    """The whole feed for `since` 0, else what has been written from that transaction on, and what has gone."""
    told = ", ".join(f"{_sql(column, neutral)} AS {column.name}" for column in feed.columns)
    tail = "" if feed.whole else f", 'false' AS {GONE.name}"
    changed = f" AND t.tx >= {int(since)}" if since else ""
    rows = f"SELECT {told}{tail} FROM {feed.source} WHERE {feed.where}{changed}"
    if since:
        rows += f" UNION ALL SELECT row, {'NULL, ' * (len(feed.columns) - 1)}'true' FROM ({gone(feed, since)}) AS gone"
    return f"COPY ({rows}) TO STDOUT WITH (FORMAT csv, HEADER true)"


def gone(feed: Feed, since: int) -> str:
    """The ids a reader must forget: deleted, moved out of reach, or still here and not to be told any more."""
    told = f"SELECT FROM {feed.table} t WHERE t.id = d.row AND {feed.where}"
    return (f"SELECT d.row FROM base_tombstone d WHERE d.kind = '{feed.table}' AND d.tx >= {int(since)}"
            f" AND NOT EXISTS ({told})"
            f" UNION SELECT t.id FROM {feed.table} t WHERE t.tx >= {int(since)} AND NOT ({feed.where})")


def counted(feed: Feed, since: int) -> tuple[int, int]:
    """How many rows `statement` would tell as changed and as gone."""
    changed = f"SELECT count(*) FROM {feed.source} WHERE {feed.where} AND t.tx >= {int(since)}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({changed}), (SELECT count(*) FROM ({gone(feed, since)}) AS gone)")
        return cursor.fetchone()


def _sql(column: Column, neutral: bool) -> str:
    if column.type == "time":
        return ISO.format(column.value)
    if column.type == "boolean":
        return f"({column.value})::text"  # COPY writes t and f, which nobody but PostgreSQL reads
    return NEUTRAL.format(column.value) if column.type == "text" and neutral else column.value


def parquet(feed: Feed, file: IO[bytes]) -> IO[bytes]:
    """The rows of a CSV of this feed with the types of its columns; closes the CSV."""
    import polars as pl  # here, because most processes never write Parquet

    types = {"integer": pl.Int64, "boolean": pl.Boolean, "date": pl.Date}
    table = pl.scan_csv(file.name, schema={c.name: types.get(c.type, pl.String) for c in columns(feed)})
    times = [c.name for c in feed.columns if c.type == "time"]
    target = NamedTemporaryFile(suffix=".parquet")  # noqa: SIM115  (closed with the answer)
    with file:
        table.with_columns(pl.col(times).str.to_datetime("%Y-%m-%dT%H:%M:%S%.fZ", time_unit="us", time_zone="UTC")) \
            .sink_parquet(Path(target.name), compression="zstd", row_group_size=ROW_GROUP)
    return target
