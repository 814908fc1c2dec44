"""Uploads give way to pages: somebody sits before a page and waits, nobody looks while a phone sends.

Each web process keeps threads of its own for uploads. The operating system runs them, and the processes of the database
that work for them, in the time that pages leave: nearly all of it. And because the threads of a process share one
interpreter, none begins an upload while a page is made. Measured by `fengchao bench board_p95`; see ADR 21.
"""

import os
import select
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.backends.signals import connection_created

from .web.phones import INTERFACE

UPLOAD = "/api/v1/sync/push"
PATIENCE = 0.1  # seconds an upload waits for pages at most, however many are asked for
NICE = 10  # a tenth of the processor where pages want all of it
THREADS = 8  # of each process; records that arrive together are written to disk together
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_here = threading.local()


class PagesFirst:
    """How many pages are being made, for those who let them go first."""

    def __init__(self) -> None:
        self.open = 0
        self.changed = threading.Condition()

    @contextmanager
    def page(self) -> Iterator[None]:
        with self.changed:
            self.open += 1
        try:
            yield
        finally:
            with self.changed:
                self.open -= 1
                if not self.open:
                    self.changed.notify_all()

    def wait(self) -> None:
        if self.open:
            with self.changed:
                self.changed.wait_for(lambda: not self.open, PATIENCE)


class UploadsBehind:
    """A WSGI application around ours."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.pages = PagesFirst()
        self.threads = ThreadPoolExecutor(THREADS, "upload", initializer=_begin)
        connection_created.connect(_connected)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == UPLOAD:
            return self.threads.submit(self._upload, environ, start_response).result()
        if path.startswith(INTERFACE):  # nobody looks at those either
            return self.application(environ, start_response)
        with self.pages.page():
            return self.application(environ, start_response)

    def _upload(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.pages.wait()
        _leave_the_dead()
        _lower_session()
        response = self.application(environ, start_response)
        try:
            return [b"".join(response)]
        finally:
            response.close()  # type: ignore[attr-defined]  # Django's; ends the request in the thread it belongs to


def _begin() -> None:
    """A thread for uploads, with a database connection it keeps: pages, which share a pool, never come to use it."""
    _here.uploads = True
    _lower(threading.get_native_id())
    for database in connections.all():
        options = {name: value for name, value in database.settings_dict["OPTIONS"].items() if name != "pool"}
        database.settings_dict = {**database.settings_dict, "CONN_MAX_AGE": 3600, "OPTIONS": options}


def _leave_the_dead() -> None:
    """A connection that waited since the last upload, and has something to say, was ended with its database."""
    for database in connections.all(initialized_only=True):
        if database.connection is not None:
            waiting = select.poll()
            waiting.register(database.connection.fileno(), select.POLLIN)
            if waiting.poll(0):
                database.close()


def _connected(connection: Any, **_: object) -> None:
    """Only our own database's processes are within reach; a number from another machine is somebody else's here."""
    if getattr(_here, "uploads", False) and (settings.HOME / "pg").exists():
        process = connection.connection.info.backend_pid
        _lower(process)
        _here.session = process


def _lower(task: int) -> None:
    if sys.platform == "linux":
        with suppress(OSError):  # nothing depends on it but how soon a page comes
            os.setpriority(os.PRIO_PROCESS, task, NICE)


def _lower_session() -> None:
    """A desktop's Linux shares the processor between sessions first and looks at priorities only inside each, and
    PostgreSQL makes a session of every process: so that session is lowered too. The system takes ten such wishes a
    second from ordinary users; one that it refuses is uttered again at the next upload."""
    if process := getattr(_here, "session", None):
        try:
            Path(f"/proc/{process}/autogroup").write_text(str(NICE))
        except BlockingIOError:
            return
        except OSError:  # a system without such sessions
            pass
        _here.session = None
