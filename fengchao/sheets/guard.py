"""Runs a function over an uploaded file in a process of its own.

The fast readers abort the whole process, or take gigabytes, on a crafted file; only the operating system's
limits hold against that. What comes back is JSON, never pickle: a reader taken over by its file
must not be able to hand us code.
"""

import os
import queue
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from fengchao.base.errors import Refused
from fengchao.sheets import refusals  # noqa: F401  (registers the sentences)
from fengchao.sheets.limits import LIMITS, Limits

ROOT = Path(__file__).resolve().parents[2]
HEAD = struct.Struct(">I")
Messages = queue.Queue[bytes | None]
AHEAD = 8  # messages the reader may be ahead of us: both cores work, memory stays bounded


def call(target: str, *, limits: Limits = LIMITS, **arguments: Any) -> Any:
    """The single answer of `package.module:function(limits=..., **arguments)`, run under guard."""
    return next(iter(stream(target, limits=limits, **arguments)))


def stream(target: str, *, limits: Limits = LIMITS, **arguments: Any) -> Iterator[Any]:
    """Yields what the generator `target` yields. Raises `Refused` for whatever its file did to it."""
    request = orjson.dumps({"target": target, "limits": asdict(limits), "arguments": arguments})
    with _process(request) as process:
        messages = _read_ahead(process)
        waited = 0.0
        while True:
            before = time.monotonic()
            try:
                message = messages.get(timeout=max(0.01, limits.wait_seconds - waited))
            except queue.Empty:
                raise Refused("sheet_slow") from None
            waited += time.monotonic() - before
            if message is None:
                raise Refused(_cause_of_death(process.wait()))
            kind, *rest = orjson.loads(message)
            if kind == "end":
                return
            if kind == "refused":
                raise Refused(rest[0], **rest[1])
            if kind == "failed":
                raise RuntimeError(f"{target}: {rest[0]}")
            yield rest[0]


@contextmanager
def _process(request: bytes) -> Iterator[subprocess.Popen[bytes]]:
    # Nothing of our environment goes along: no database address, no keys.
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "fengchao.sheets.child"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=environment, cwd=ROOT, start_new_session=True,
    )  # fmt: skip
    try:
        assert process.stdin
        process.stdin.write(request)
        process.stdin.close()
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


def _read_ahead(process: subprocess.Popen[bytes]) -> Messages:
    messages: Messages = queue.Queue(maxsize=AHEAD)
    assert process.stdout
    descriptor = os.dup(process.stdout.fileno())

    def read() -> None:
        with os.fdopen(descriptor, "rb") as pipe:
            while len(head := pipe.read(HEAD.size)) == HEAD.size:
                if not _put(messages, pipe.read(HEAD.unpack(head)[0]), process):
                    return
        _put(messages, None, process)

    threading.Thread(target=read, daemon=True).start()
    return messages


def _put(messages: Messages, message: bytes | None, process: subprocess.Popen[bytes]) -> bool:
    """False when nobody listens any more: the consumer left and the process is gone."""
    while True:
        try:
            messages.put(message, timeout=1)
            return True
        except queue.Full:
            if process.returncode is not None:
                return False


def _cause_of_death(status: int) -> str:
    if status in (-signal.SIGXCPU, -signal.SIGALRM):
        return "sheet_slow"
    if status in (-signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV, -signal.SIGBUS):
        return "sheet_memory"
    return "sheet_damaged"
