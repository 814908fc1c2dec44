"""What a district's analysts read: the tasks of the whole county, as CSV and as Parquet, to the last byte."""

import time
from urllib.request import Request, urlopen

import psycopg

from bench.context import Bench
from bench.figure import Measured, figure

BARE = "COPY (SELECT * FROM work_task) TO STDOUT WITH (FORMAT csv)"


@figure("feed_csv", unit="rows/s", target=100_000, at_least=True)
def feed_csv(bench: Bench) -> Measured:
    """The floor is the bare table written as CSV by PostgreSQL and thrown away."""
    return _read(bench, "csv")


@figure("feed_parquet", unit="rows/s", target=60_000, at_least=True)
def feed_parquet(bench: Bench) -> Measured:
    """The same rows, typed and packed."""
    return _read(bench, "parquet")


@figure("feed_delta", unit="ms", target=100)
def feed_delta(bench: Bench) -> Measured:
    """After one task in a thousand of a street has changed."""
    cursor = _ask(bench, "csv", "")[1]
    bench.ask_owner("UPDATE work_task SET attempts = attempts WHERE grid / 1000000 = 350181005 AND"
                    " abs(hashtext(id::text)) %% 1000 = 0", [])
    began = time.perf_counter()
    size = _ask(bench, "csv", cursor)[0]
    return Measured((time.perf_counter() - began) * 1000, note=f"{size / 1000:.0f} kB")


def _read(bench: Bench, form: str) -> Measured:
    _ask(bench, form, "none")  # warm, as every reading but a server's first
    rows = bench.ask("SELECT count(*) FROM work_task")[0][0]
    began = time.perf_counter()
    size = _ask(bench, form, "")[0]
    seconds = time.perf_counter() - began
    return Measured(rows / seconds, floor=rows / _bare(bench), note=f"{rows:,} rows, {size / 1e6:.0f} MB")


def _ask(bench: Bench, form: str, cursor: str) -> tuple[int, str]:
    """(bytes of the body, the next cursor)."""
    asked = Request(f"{bench.server.url}/api/v1/feeds/tasks.{form}{f'?cursor={cursor}' if cursor else ''}",
                    headers={"Authorization": f"Bearer {_token(bench)}"})
    size = 0
    with urlopen(asked, timeout=600) as answer:
        while block := answer.read(1 << 18):
            size += len(block)
        return size, answer.headers["X-Fengchao-Cursor"]


def _token(bench: Bench) -> str:
    """Of the county's data steward; made once a run."""
    if "feed_token" not in bench.__dict__:
        bench.server  # noqa: B018  (Django is set up by it)
        from fengchao.accounts.models import User
        from fengchao.accounts.queries import actor_of
        from fengchao.base.scope import acting
        from fengchao.exchange.actions import make_token

        with acting(actor_of(User.objects.get(username="district"))) as by:
            area = by.grants[0].area
            bench.__dict__["feed_token"] = make_token(by=by, name="bench", area=area, allows=["tasks"], days=1)[1]
    return bench.__dict__["feed_token"]


def _bare(bench: Bench) -> float:
    began = time.perf_counter()
    with psycopg.connect(bench.urls.owner) as connection, connection.cursor().copy(BARE) as copy:
        for _ in copy:
            pass
    return time.perf_counter() - began
