"""`fengchao serve`: one command that keeps PostgreSQL, the web processes and the job worker running together.

This process does no work itself. It starts the others, restarts what dies, and stops everything when it is told to;
when it is killed, the kernel takes its children along (see `with_parent`).
"""

import argparse
import ctypes
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from fengchao.base import postgres
from fengchao.base.django_start import ready

STOP_SECONDS = 15
READY_SECONDS = 180  # an old office machine that does other things too
PR_SET_PDEATHSIG = 1


def register(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="web processes (default: 2)")
    parser.add_argument("--threads", type=int, default=8, metavar="N",
                        help="pages at once per process, besides uploads (default: 8)")
    parser.add_argument("--no-jobs", action="store_true", help="leave background jobs to another machine")


def run(args: argparse.Namespace) -> int:
    return serve(args.home, args.port, host=args.host, workers=args.workers, threads=args.threads,
                 with_jobs=not args.no_jobs)


def serve(home: Path, port: int, *, host: str = "127.0.0.1", workers: int = 2, threads: int = 8,
          with_jobs: bool = True, prepare: Callable[[], str] | None = None) -> int:
    """Serves until it is told to stop. `prepare` runs when the database is ready and returns what to print at
    the end, such as the demonstration's accounts."""
    began = time.monotonic()
    if not _free(host, port):
        return _taken(port)
    print(f"fengchao: data in {home}", flush=True)
    ready(home)
    (home / "static").mkdir(exist_ok=True)
    words = prepare() if prepare else ""
    if not _free(host, port):  # another one that prepared meanwhile: Linux would divide requests between both
        return _taken(port)
    children = [Child("web", _web(host, port, workers, threads))]
    if with_jobs:
        children.append(Child("jobs", [sys.executable, "-m", "fengchao.base.jobs_worker"]))
    return Tree(home, children).run(lambda: _announce(host, port, began, words))


def _taken(port: int) -> int:
    print(f"port {port} is in use: stop the other program, or choose another with --port", file=sys.stderr)
    return 2


def _free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            probe.bind((host, port))
            return True
    return False


def _web(host: str, port: int, workers: int, threads: int) -> list[str]:
    return [sys.executable, "-m", "fengchao.web_processes", host, *map(str, (port, workers, threads))]


def _announce(host: str, port: int, began: float, words: str) -> bool:
    """Once the first answer has come: where to go. False while there is none."""
    with suppress(URLError, OSError), urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
        if answer.status == 200:
            shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
            print(f"{words}\nready http://{shown}:{port} in {time.monotonic() - began:.1f} s, stop with Ctrl-C".strip(),
                  flush=True)
            return True
    return False


def with_parent() -> None:
    """In a child, before it becomes another program: end when the parent ends, however it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        """In a process group of its own, so that Ctrl-C reaches only the parent, who stops things in order."""
        self.process = subprocess.Popen(self.command, preexec_fn=with_parent, process_group=0)

    def ended_with(self) -> int | None:
        return self.process.poll() if self.process else None

    def hopeless(self) -> bool:
        """Five deaths in a minute: starting again will not help."""
        now = time.monotonic()
        self.deaths = [at for at in self.deaths if now - at < 60] + [now]
        return len(self.deaths) >= 5

    def stop(self) -> None:
        if self.process is None or self.ended_with() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Tree:
    """The processes of one service, from start to stop."""

    def __init__(self, home: Path, children: list[Child]) -> None:
        self.home = home
        self.children = children
        self.stopping = False

    def run(self, announce: Callable[[], bool]) -> int:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        try:
            return self._watch(announce)
        finally:
            print("stopping", flush=True)
            for child in self.children:
                child.stop()

    def _stop(self, *_: object) -> None:
        self.stopping = True

    def _watch(self, announce: Callable[[], bool]) -> int:
        for child in self.children:
            child.start()
        deadline, ready = time.monotonic() + READY_SECONDS, False
        while not self.stopping:
            ready = ready or announce()
            if not ready and time.monotonic() > deadline:
                print(f"no answer within {READY_SECONDS} s", file=sys.stderr)
                return 1
            if not self._revive():
                return 1
            time.sleep(0.5 if ready else 0.1)
        return 0

    def _revive(self) -> bool:
        postgres.keep_running(self.home)
        for child in self.children:
            if (code := child.ended_with()) is not None:
                print(f"{child.name} ended with code {code}, starting it again", file=sys.stderr)
                if child.hopeless():
                    print(f"{child.name} does not stay up: giving up", file=sys.stderr)
                    return False
                child.start()
        return True
