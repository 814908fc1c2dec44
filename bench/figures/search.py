"""Finding one person among a million, as the office's search page does: by id, by name, by the end of a telephone."""

import time
from collections.abc import Callable
from urllib.parse import quote

from bench.context import Bench
from bench.figure import Measured, figure
from bench.wire import Wire, percentile, request
from fengchao.demo.synthetic import community

ROUNDS = 15
WHO = "district"  # sees the whole county: every one of the million


@figure("search_id", unit="ms", target=10)
def search_id(bench: Bench) -> Measured:
    numbers = [person.ric for person in _people() if person.document == "ric"]
    return _search(bench, numbers, "ric_blind = %s", lambda text: _blind("ric", text))


@figure("search_name", unit="ms", target=50)
def search_name(bench: Bench) -> Measured:
    names = list(dict.fromkeys(person.name for person in _people() if len(person.name) == 2))
    return _search(bench, names, "name = %s", str)


@figure("search_phone", unit="ms", target=50)
def search_phone(bench: Bench) -> Measured:
    tails = [person.phone[-4:] for person in _people() if person.phone]
    return _search(bench, tails, "phone_tail = %s", lambda text: _blind("phone_tail", text))


def _people() -> list:
    """The first of the data set: the same seed makes them again, so nothing has to be unsealed."""
    return list(community(350181005004, 60, seed=1, block=0).people)


def _search(bench: Bench, words: list[str], condition: str, key: Callable[[str], object]) -> Measured:
    """p95 of the page. Floor: the bare rows of the same question, as the login that is under every policy."""
    bench.server  # noqa: B018  (blind indexes need its key)
    wire, times = Wire(bench.server.url), []
    for word in words[: ROUNDS + 1]:
        began = time.perf_counter()
        status, body = wire.send(request("GET", f"{bench.SEARCH}{quote(word)}", Cookie=bench.cookie(WHO)))
        times.append((time.perf_counter() - began) * 1000)
        if status != 200:
            raise RuntimeError(f"searching answered {status} {body[:200]!r}")
    wire.close()
    return Measured(percentile(times[1:], 0.95), floor=_bare(bench, condition, [key(w) for w in words[1:ROUNDS]]))


def _bare(bench: Bench, condition: str, keys: list) -> float:
    times = []
    for key in keys:
        began = time.perf_counter()
        with bench.shared.transaction():
            bench.shared.execute(
                "SELECT set_config('fengchao.lo', '0', true), set_config('fengchao.hi', '999999999999999', true),"
                " set_config('fengchao.people', 'on', true)"
            )
            bench.shared.execute(f"SELECT * FROM people_person WHERE {condition} LIMIT 51", [key]).fetchall()
        times.append((time.perf_counter() - began) * 1000)
    return percentile(times, 0.95)


def _blind(kind: str, text: str) -> bytes | None:
    from fengchao.base.crypto import blind

    return blind(kind, text)
