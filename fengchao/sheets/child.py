"""The guarded process: takes one request, limits itself, answers in JSON, ends."""

import gc
import os
import resource
import sys
import traceback
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, BinaryIO

import orjson

from fengchao.base.errors import Refused
from fengchao.sheets.guard import HEAD
from fengchao.sheets.limits import Limits


def main() -> None:
    request = orjson.loads(sys.stdin.buffer.read())
    answers = os.fdopen(os.dup(1), "wb", buffering=1024 * 1024)
    os.dup2(2, 1)  # a library that prints must not break the protocol
    limits = Limits(**request["limits"])
    work = _function(request["target"])
    confine(limits)
    gc.disable()  # rows make no cycles, and this process ends with its file
    try:
        for item in work(limits=limits, **request["arguments"]):
            _send(answers, ["item", item])
        _send(answers, ["end"])
    except Refused as refused:
        _send(answers, ["refused", refused.code, refused.params])
    except MemoryError:
        _send(answers, ["refused", "sheet_memory", {}])
    except Exception as error:  # our own mistake: say where, never the values
        _send(answers, ["failed", _place(error)])
    answers.flush()
    os._exit(0)  # freeing a million rows one by one would cost a second


def confine(limits: Limits) -> None:
    # The soft limit sends SIGXCPU, which tells a slow file from a greedy one; the hard one kills.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 5))
    for kind, limit in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, limits.output_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(kind, (limit, limit))


def _place(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {os.path.basename(last.filename)}:{last.lineno}"


def _function(target: str) -> Callable[..., Iterable[Any]]:
    module, name = target.split(":")
    if not module.startswith("fengchao."):
        raise ValueError(target)
    return getattr(import_module(module), name)


def _send(answers: BinaryIO, message: list[Any]) -> None:
    body = orjson.dumps(message)
    answers.write(HEAD.pack(len(body)) + body)
    answers.flush()


if __name__ == "__main__":
    main()
