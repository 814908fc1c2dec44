"""Pages of the console at a million tasks, for somebody of each level: the task list in every order offered, the board
and the coverage drill-down, the last two also while records arrive at full rate."""

import html
import multiprocessing
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from bench.context import Bench, Phone
from bench.figure import Measured, figure
from bench.figures.submit import BATCH, endless, send_all
from bench.wire import Wire, percentile, request

LEVELS = ("worker00", "community", "street", "district", "city")
ROUNDS = 12  # of each page: a list comes in eight ways
BOARDS = 20  # rounds of the two pages beside the records: with fewer, the second slowest of all would be the figure
NEXT = re.compile(r'href="([^"]*[?&]after=[^"]*)"')
BUSY = 6  # phones that push while boards are read
SLOWED = 0.10  # how much slower records may arrive meanwhile
ALONE = 8  # seconds of records alone, before and after: a machine is not as quick all the time
PACE = 0.25  # seconds from one page to the next: sixty boards left open, each of which asks again every 15 s


@figure("task_list_p95", unit="ms", target=50)
def task_list_p95(bench: Bench) -> Measured:
    """The worst level decides. Floor: fifty rows of the same campaign in the same order, by the bare statement."""
    slowest = {name: percentile(list(_times(bench, name, list(_lists(bench, name)))), 0.95) for name in LEVELS}
    return Measured(max(slowest.values()), floor=_bare_list(bench), note=_told(slowest))


@figure("board_p95", unit="ms", target=50)
def board_p95(bench: Bench) -> Measured:
    alone = _ingest(bench, lambda: time.sleep(ALONE))
    slowest: dict[str, float] = {}

    def read() -> None:
        for name in LEVELS:
            paths = [f"/board?{_campaign(bench)}", f"/coverage?{_campaign(bench)}"]
            slowest[name] = percentile(list(_times(bench, name, paths, BOARDS, PACE)), 0.95)

    busy = _ingest(bench, read)
    quiet = (alone + _ingest(bench, lambda: time.sleep(ALONE))) / 2
    note = f"{_told(slowest)}; records {busy:,.0f}/s beside {quiet:,.0f}/s alone"
    value = max(slowest.values())
    if busy < quiet * (1 - SLOWED):
        note += " (slowed by more than 10 %)"
    return Measured(value, floor=_bare_board(bench), note=note)


def _lists(bench: Bench, name: str) -> Iterator[str]:
    """Every order, open and all tasks, the first page and the one after it."""
    for order in ("place", "waiting"):
        for show in ("open", "all"):
            path = f"/doors?{_campaign(bench)}&order={order}&show={show}"
            yield path
            following = NEXT.search(_get(bench, name, path))
            if following:
                yield "/doors" + html.unescape(following[1]).removeprefix("/doors")


def _campaign(bench: Bench) -> str:
    return f"campaign={bench.data.campaign}"


def _get(bench: Bench, name: str, path: str) -> str:
    wire = Wire(bench.server.url)
    status, body = wire.send(request("GET", path, Cookie=bench.cookie(name), Accept_Encoding="identity"))
    wire.close()
    if status != 200:
        raise RuntimeError(f"{path} for {name}: {status}")
    return body.decode()


def _times(bench: Bench, name: str, paths: list[str], rounds: int = ROUNDS,
           pace: float = 0) -> Iterator[float]:
    """Milliseconds of each page, after one visit to warm it; begun `pace` seconds apart, or one after the other."""
    wire = Wire(bench.server.url)
    for path in paths:
        message = request("GET", path, Cookie=bench.cookie(name))
        for nth in range(rounds + 1):
            began = time.perf_counter()
            status, _ = wire.send(message)
            if status != 200:
                raise RuntimeError(f"{path} for {name}: {status}")
            taken = time.perf_counter() - began
            if nth:
                yield taken * 1000
            time.sleep(max(0, pace - taken))
    wire.close()


def _ingest(bench: Bench, meanwhile) -> float:
    """Records a second that arrive while `meanwhile` runs. The phones are a process of their own: what a page waits for
    the interpreter of the phones is no time of the server's."""
    phones = [(phone, bench.tasks(phone.grid)) for phone in bench.phones()[:BUSY]]
    fork = multiprocessing.get_context("fork")
    taken, stop = fork.Array("q", BUSY, lock=False), fork.Event()
    busy = fork.Process(target=_keep_pushing, args=(bench.server.url, phones, taken, stop), daemon=True)
    busy.start()
    while not sum(taken):
        if not busy.is_alive():
            raise RuntimeError("no phone could send")
        time.sleep(0.01)
    began, before = time.perf_counter(), sum(taken)
    meanwhile()
    seconds, after = time.perf_counter() - began, sum(taken)
    sent_all_the_time = busy.is_alive()
    stop.set()
    busy.join()
    if not sent_all_the_time:
        raise RuntimeError("the phones stopped sending")
    return (after - before) / seconds


def _keep_pushing(url: str, phones: list[tuple[Phone, list[UUID]]], taken, stop) -> None:
    def push(nth: int, phone: Phone, tasks: list[UUID]) -> None:
        wire = Wire(url)
        try:
            for message in endless(tasks, phone, BATCH):
                if stop.is_set():
                    return
                send_all(wire, [message])
                taken[nth] += BATCH
        finally:
            stop.set()  # one that fails ends the load, and with it the figure

    with ThreadPoolExecutor(len(phones)) as threads:
        for sent in [threads.submit(push, nth, *one) for nth, one in enumerate(phones)]:
            sent.result()


def _bare_list(bench: Bench) -> float:
    return _bare(bench, """SELECT * FROM work_task WHERE campaign_id = %s AND state = 0
        ORDER BY grid, place, id LIMIT 51""")  # fmt: skip


def _bare_board(bench: Bench) -> float:
    return _bare(bench, """SELECT state, outcome, level, sum(n), sum(attempts) FROM work_counter
        WHERE campaign_id = %s GROUP BY 1, 2, 3""")  # fmt: skip


def _bare(bench: Bench, statement: str) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        with_scope = "SELECT set_config('fengchao.lo', '0', true), set_config('fengchao.hi', '999999999999999', true)"
        with bench.shared.transaction():
            bench.shared.execute(with_scope)
            bench.shared.execute(statement, [bench.data.campaign]).fetchall()
        times.append((time.perf_counter() - began) * 1000)
    return percentile(times, 0.95)


def _told(slowest: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.0f}" for name, value in slowest.items())
