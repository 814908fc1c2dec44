"""The web processes of `fengchao serve`: granian, once the application is loaded.

Where the system can (Linux), they are forks of the process that loaded it: it is loaded once for all of them, its
memory is there once, and one that died is replaced at once.
"""

import multiprocessing
import sys
from collections.abc import Callable
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from .serve import with_parent


def main(host: str, port: str, workers: str, threads: str) -> None:
    from .uploads import THREADS

    if sys.platform == "linux":
        multiprocessing.set_start_method("fork")
        load()
    Granian("fengchao.wsgi:application", host, int(port), interface=Interfaces.WSGI, workers=int(workers),
            blocking_threads=int(threads) + THREADS, websockets=False, respawn_failed_workers=True,
            workers_kill_timeout=10, log_level=LogLevels.error).serve(target_loader=begin, wrap_loader=False)


def begin() -> Callable[..., Any]:
    """In each web process: it does not outlive a killed server."""
    with_parent()
    return load()


def load() -> Callable[..., Any]:
    from .wsgi import application

    return application


if __name__ == "__main__":
    main(*sys.argv[1:])
