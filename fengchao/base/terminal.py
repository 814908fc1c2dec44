"""How far a long command is, on stderr: a line that changes in a terminal, elsewhere a line every two seconds."""

import sys
import time
from collections.abc import Mapping
from typing import Any

EVERY = 2.0  # seconds between two lines of a log


class Meter:
    """A `jobs.Report`. `steps`: the words of its messages."""

    def __init__(self, steps: Mapping[str, Any] | None = None) -> None:
        self.steps, self.terminal, self.last = steps or {}, sys.stderr.isatty(), 0.0

    def __call__(self, done: int, total: int, message: str = "") -> None:
        said = f"{self.steps.get(message, '')} {done:,} / {total:,}".strip()
        if self.terminal:
            print(f"\r{said}   ", end="", file=sys.stderr, flush=True)
        elif time.monotonic() - self.last >= EVERY:
            self.last = time.monotonic()
            print(said, file=sys.stderr, flush=True)

    def end(self) -> None:
        if self.terminal:
            print(file=sys.stderr)
