"""From an empty home folder to the first answer."""

import tempfile
import time
from pathlib import Path

from bench.context import Bench
from bench.figure import Measured, figure
from fengchao.demo.server import Server


@figure("ready", unit="s", target=20)
def ready(bench: Bench) -> Measured:
    """Database made, tables made, national register read, serving. The floor is a second start of the same home."""
    with tempfile.TemporaryDirectory(prefix="fengchao-ready-") as folder:
        first = _seconds(Path(folder))
        return Measured(first, floor=_seconds(Path(folder)))


def _seconds(home: Path) -> float:
    began = time.perf_counter()
    with Server(home):
        return time.perf_counter() - began
