"""Records arriving: one a request, and a hundred a request, from sixteen phones, each in its own grid.

The floor is the statements such a record cannot do without (the record, its task with the counters its trigger moves,
one line of audit), run by sixteen connections straight to the database, committed as durably.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import cycle, islice
from uuid import UUID

import orjson
import psycopg

from bench import cpu
from bench.context import Bench, Phone
from bench.figure import Measured, figure
from bench.wire import Wire, chunks, request, together, unpacked
from fengchao.base.ids import uuid7

SINGLES = 250  # records of each phone
BATCH, BATCHES = 100, 30
WARM = 12  # requests of each phone before the clock starts: plans are made, caches filled


def pushed(status: int, body: bytes) -> bool:
    return status == 200 and b'"refused"' not in body and b'"accepted"' in body


Accepted = Callable[[int, bytes], bool]


@figure("submit_single", unit="records/s", target=400, at_least=True)
def submit_single(bench: Bench) -> Measured:
    return _pushing(bench, batch=1, count=SINGLES)


@figure("submit_batch", unit="records/s", target=10_000, at_least=True)
def submit_batch(bench: Bench) -> Measured:
    return _pushing(bench, batch=BATCH, count=BATCHES)


def _pushing(bench: Bench, batch: int, count: int) -> Measured:
    return measured(bench, [messages_of(bench, phone, batch, WARM + count) for phone in bench.phones()], pushed, batch)


def measured(bench: Bench, messages: list[list[bytes]], accepted: Accepted, batch: int = 1) -> Measured:
    """Of a client for each list, whose messages bring in `batch` records each; the first `WARM` are not timed."""
    rate, cost = _served(bench, messages, accepted, batch)
    return Measured(rate, floor=_bare(bench, batch, len(messages[0]) - WARM), note=f"{cost}; {_sure(bench)}")


def _served(bench: Bench, messages: list[list[bytes]], accepted: Accepted, batch: int) -> tuple[float, str]:
    clients = [(Wire(bench.server.url), mine) for mine in messages]
    together(_sender(wire, mine[:WARM], accepted) for wire, mine in clients)
    before = _spent(bench)
    seconds = together(_sender(wire, mine[WARM:], accepted) for wire, mine in clients)
    records = sum(len(mine) - WARM for mine in messages) * batch
    server, database = ((now - then) / records * 1e6 for then, now in zip(before, _spent(bench), strict=True))
    return records / seconds, f"{server:.0f} us server + {database:.0f} us database a record"


def _spent(bench: Bench) -> tuple[float, float]:
    return cpu.seconds(bench.server.process.pid), cpu.seconds(cpu.postmaster(bench.home))


def messages_of(bench: Bench, phone: Phone, batch: int, count: int) -> list[bytes]:
    return list(islice(endless(bench.tasks(phone.grid), phone, batch), count))


def endless(tasks: list[UUID], phone: Phone, batch: int) -> Iterator[bytes]:
    """Round after round of the same doors."""
    doors = cycle(tasks)
    while True:
        yield request("POST", "/api/v1/sync/push", phone.token, _body(list(islice(doors, batch))))


def _body(tasks: list[UUID]) -> bytes:
    now = datetime.now(UTC)
    return orjson.dumps({"device_time": now, "ops": [
        {"id": uuid7(), "type": "record", "at": now, "task": task, "outcome": "nobody_home", "base_version": 1}
        for task in tasks
    ]})  # fmt: skip


def _sender(wire: Wire, messages: list[bytes], accepted: Accepted) -> Callable[[], None]:
    return lambda: send_all(wire, messages, accepted)


def send_all(wire: Wire, messages: list[bytes], accepted: Accepted = pushed) -> None:
    for message in messages:
        status, body = wire.send(message)
        body = unpacked(body)
        if not accepted(status, body):
            raise RuntimeError(f"not accepted: {status} {body[:300]!r}")


def _sure(bench: Bench) -> str:
    """The clients stop at the first record that is not accepted."""
    (count,) = bench.ask("SELECT count(*) FROM work_record")[0]
    return f"{count:,} records stored, none lost or refused"


STATE = """SELECT set_config('fengchao.actor', '', true), set_config('fengchao.lo', %s, true),
 set_config('fengchao.hi', %s, true), set_config('fengchao.scope', '', true),
 set_config('fengchao.buildings', '', true), set_config('fengchao.people', 'on', true)"""
RECORDS = """INSERT INTO work_record (id, grid, campaign_id, task_id, building_id, outcome, answers, note, conflict,
 digest, at) SELECT r.id, t.grid, t.campaign_id, t.id, t.building_id, 'nobody_home', '{}', '', 0, '\\x00', now()
FROM json_to_recordset(%s::json) AS r (id uuid, task uuid) JOIN work_task t ON t.id = r.task"""
TASKS = """UPDATE work_task t SET attempts = t.attempts + 1, version = t.version + 1, last_at = now(), record = r.id,
 outcome = 'nobody_home' FROM json_to_recordset(%s::json) AS r (id uuid, task uuid) WHERE t.id = r.task"""
AUDIT = """INSERT INTO base_auditentry (at, grid, action, object, purpose, detail)
 VALUES (now(), %s, 'record', %s, '', %s::jsonb)"""


def _bare(bench: Bench, batch: int, count: int) -> float:
    grids = [phone.grid for phone in bench.phones()]
    connections = [bench.connect(plans=True) for _ in grids]
    work = [list(chunks(_rows(bench, grid, batch * (WARM + count)), batch)) for grid in grids]
    jobs = list(zip(connections, grids, work, strict=True))
    together(_writer(connection, grid, parts[:WARM]) for connection, grid, parts in jobs)
    seconds = together(_writer(connection, grid, parts[WARM:]) for connection, grid, parts in jobs)
    return len(grids) * count * batch / seconds


def _rows(bench: Bench, grid: int, count: int) -> list[dict]:
    tasks = bench.tasks(grid)
    return [{"id": uuid7(), "task": tasks[nth % len(tasks)]} for nth in range(count)]


def _writer(connection: psycopg.Connection, grid: int, parts: list[list[dict]]) -> Callable[[], None]:
    def write() -> None:
        for part in parts:
            rows = orjson.dumps(part).decode()
            last = {row["task"]: row for row in part}
            with connection.transaction():
                connection.execute(STATE, [str(grid), str(grid + 1)], prepare=True)
                connection.execute(RECORDS, [rows], prepare=True)
                connection.execute(TASKS, [orjson.dumps(list(last.values())).decode()], prepare=True)
                connection.execute(AUDIT, [grid, str(part[0]["id"]), rows], prepare=True)

    return write
