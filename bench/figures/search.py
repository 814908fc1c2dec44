"""Finding one person among a million by the search box of the register: an id, a name, the end of a telephone."""

import time
from collections.abc import Callable
from urllib.parse import quote

from bench.context import Bench
from bench.figure import Measured, figure
from bench.wire import Wire, percentile, request, unpacked

ROUNDS, WARM = 60, 16  # the first ones meet connections that have no plans yet
WHO = "district"  # sees the whole county: every one of the million


@figure("search_id", unit="ms", target=10)
def search_id(bench: Bench) -> Measured:
    return _search(bench, _sealed(bench, "ric_sealed"), "ric_blind = %s", lambda text: _blind("ric", text))


@figure("search_name", unit="ms", target=50)
def search_name(bench: Bench) -> Measured:
    names = [name for (name,) in _anybody(bench, "name", "length(name) = 2")]
    return _search(bench, names, "name = %s", str)


@figure("search_phone", unit="ms", target=50)
def search_phone(bench: Bench) -> Measured:
    tails = [phone[-4:] for phone in _sealed(bench, "phone_sealed")]
    return _search(bench, tails, "phone_tail = %s", lambda text: _blind("phone_tail", text))


def _sealed(bench: Bench, column: str) -> list[str]:
    bench.server  # noqa: B018  (its key opens them, and makes the blind indexes)
    from fengchao.base.crypto import unseal

    condition = "id_kind = 'ric'" if column == "ric_sealed" else f"{column} <> ''"
    return [unseal(value) for (value,) in _anybody(bench, column, condition)]


def _anybody(bench: Bench, column: str, condition: str) -> list[tuple]:
    """That column of people from all over the county, never the same twice."""
    bench.data  # noqa: B018
    return bench.ask(f"""SELECT {column} FROM people_person WHERE {condition}
        AND id IN (SELECT id FROM people_person TABLESAMPLE SYSTEM (1) LIMIT 2000) LIMIT {ROUNDS + WARM}""")


def _search(bench: Bench, words: list[str], condition: str, key: Callable[[str], object]) -> Measured:
    """p95 of the rows that come into the open page. Floor: the same rows by the bare statement, under every policy."""
    wire, times = Wire(bench.server.url), []
    for word in words:
        message = request("GET", f"{bench.SEARCH}{quote(word)}", Cookie=bench.cookie(WHO), HX_Request="true")
        began = time.perf_counter()
        status, body = wire.send(message)
        times.append((time.perf_counter() - began) * 1000)
        if status != 200 or b"/register/people/" not in unpacked(body):
            raise RuntimeError(f"searching answered {status} without the person")
    wire.close()
    return Measured(percentile(times[WARM:], 0.95), floor=_bare(bench, condition, [key(w) for w in words[WARM:]]))


def _bare(bench: Bench, condition: str, keys: list) -> float:
    statement = f"SELECT * FROM people_person WHERE merged_into_id IS NULL AND {condition} LIMIT 51"
    times = []
    for key in keys:
        began = time.perf_counter()
        with bench.shared.transaction():
            bench.shared.execute(
                "SELECT set_config('fengchao.lo', '0', true), set_config('fengchao.hi', '999999999999999', true),"
                " set_config('fengchao.people', 'on', true)"
            )
            bench.shared.execute(statement, [key]).fetchall()
        times.append((time.perf_counter() - began) * 1000)
    return percentile(times, 0.95)


def _blind(kind: str, text: str) -> bytes | None:
    from fengchao.base.crypto import blind

    return blind(kind, text)
