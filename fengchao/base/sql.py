"""Many rows in one statement, spelled quickly: a driver spells a long array more slowly than the statement runs.
And the same statement many times, planned once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from uuid import UUID

import orjson
import psycopg
from django.db import connection

NO_ROWS = "[]"


def uuid_array(ids: Iterable[UUID]) -> str:
    """For a `%s::uuid[]` parameter."""
    return "{" + ",".join(map(str, ids)) + "}"


def rows(documents: Iterable[Mapping[str, object]]) -> str:
    """For `json_to_recordset(%s::json)`: ids, dates and times become text that PostgreSQL reads back."""
    return orjson.dumps(list(documents)).decode()


def run(statement: str, parameters: Sequence[object] | Mapping[str, object]) -> psycopg.Cursor:
    """Runs a statement that runs thousands of times an hour: PostgreSQL keeps its plan for the connection.

    Django's cursor writes the parameters into the text, so that each one is parsed and planned anew: under row-level
    security that costs several times what running it does. Only for statements of fixed text.
    """
    connection.ensure_connection()
    if connection.queries_logged:  # the tests that pin a number of queries count these too
        connection.queries_log.append({"sql": statement, "time": "0"})
    with connection.wrap_database_errors:
        return psycopg.Cursor(connection.connection).execute(statement, parameters, prepare=True)


@contextmanager
def read_once() -> Iterator[None]:
    """Statements inside read each table once, whatever the planner thinks of it.

    Of rows that have just come in it knows nothing: it may expect one and walk a large table for each of ten thousand,
    which takes minutes where reading both once takes a blink. Not for statements of a few known rows.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield
        cursor.execute("SET LOCAL enable_nestloop = on")


@contextmanager
def together() -> Iterator[None]:
    """Statements `run` inside travel at once, and are waited for once: at the end, or where rows are asked for.

    An error of any of them is raised there too. Whoever needs a savepoint around a single one must not use this.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield
