"""What a phone fetches: everything of a grid of a thousand people, and what changed since."""

import json
import time

from bench.context import Bench
from bench.figure import Measured, figure
from bench.wire import Wire, percentile, request, unpacked

ROUNDS = 10
MOST_KB = 150


@figure("first_pull", unit="s", target=0.5)
def first_pull(bench: Bench) -> Measured:
    """All pages of a first pull by the worker with most people; the size on the wire is in the note."""
    phone = _fullest(bench)
    times, size, people = [], 0, 0
    for _ in range(ROUNDS):
        began = time.perf_counter()
        size, people, _ = _pull(bench, phone, "")
        times.append(time.perf_counter() - began)
    small = "" if size <= MOST_KB * 1000 else f" (more than {MOST_KB} kB)"
    note = f"{people:,} people, {size / 1000:.0f} kB gzipped{small}"
    return Measured(percentile(times, 0.95), floor=_bare(bench, phone.grid), note=note)


@figure("delta_pull", unit="ms", target=50)
def delta_pull(bench: Bench) -> Measured:
    """After one person in a hundred of the grid has changed."""
    phone = _fullest(bench)
    times = []
    for _ in range(ROUNDS):
        _, _, cursor = _pull(bench, phone, "")
        bench.ask_owner(CHANGE, [phone.grid])
        began = time.perf_counter()
        _, people, _ = _pull(bench, phone, cursor)
        times.append((time.perf_counter() - began) * 1000)
        if not people:
            raise RuntimeError("a changed person was not pulled")
    return Measured(percentile(times, 0.95), floor=_bare_delta(bench, phone.grid))


CHANGE = """UPDATE people_person SET confirmed = current_date WHERE id IN (
  SELECT id FROM people_person WHERE grid = %s ORDER BY random() LIMIT 10)"""


def _fullest(bench: Bench):
    """The phone whose grid is nearest to a thousand people."""
    counts = {phone.grid: bench.ask("SELECT count(*) FROM people_person WHERE grid = %s", phone.grid)[0][0]
              for phone in bench.phones()}  # fmt: skip
    return min(bench.phones(), key=lambda phone: abs(counts[phone.grid] - 1000))


def _pull(bench: Bench, phone, cursor: str) -> tuple[int, int, str]:
    """(bytes on the wire, people, cursor), to the last page."""
    wire, size, people, more = Wire(bench.server.url), 0, 0, True
    while more:
        path = f"/api/v1/sync/pull?cursor={cursor}" if cursor else "/api/v1/sync/pull"
        status, body = wire.send(request("GET", path, phone.token))
        if status != 200:
            raise RuntimeError(f"pull answered {status} {body[:200]!r}")
        answer = json.loads(unpacked(body))
        size, people = size + len(body), people + len(answer["people"])
        cursor, more = answer["cursor"], answer["more"]
    wire.close()
    return size, people, cursor


def _bare(bench: Bench, grid: int) -> float:
    """The rows themselves, read by grid."""
    began = time.perf_counter()
    for table in ("people_building", "people_dwelling", "people_person", "work_task"):
        bench.ask(f"SELECT * FROM {table} WHERE grid = %s", grid)
    return time.perf_counter() - began


def _bare_delta(bench: Bench, grid: int) -> float:
    bench.ask("SELECT 1")
    began = time.perf_counter()
    for table in ("people_building", "people_dwelling", "people_person", "work_task"):
        bench.ask(f"SELECT * FROM {table} WHERE grid = %s ORDER BY tx DESC LIMIT 10", grid)
    return (time.perf_counter() - began) * 1000
