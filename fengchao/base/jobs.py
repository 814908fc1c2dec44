"""Long actions: begun in the transaction of the request, done by a worker, watched and left at will.

    @job("people.import")
    def import_people(by: Actor, report: Report, *, file: str) -> dict: ...

    progress = defer(import_people, by=actor, grid=community.lo, file=path)   # in a view
    run_here(import_people, by=actor, report=bar, file=path)                  # in a command

The job acts as the person who began it, with the duties they have when it runs, in one transaction: it happens
as a whole or not at all. What it reports on the way is written apart, so that others see it at once.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

import psycopg
from django.db import OperationalError, connection
from django.db.models.functions import Now
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from psycopg.types.json import Jsonb

from . import audit, clock
from .actor import Actor, system_actor
from .errors import Refused
from .models import Progress
from .places import NOWHERE
from .scope import STATE, acting, statement

PAUSE = 0.4  # seconds between two reports that are written: nobody reads faster


class Report(Protocol):
    """How far a long action is. `message` is a code of the error catalogue or of `web`'s progress sentences."""

    def __call__(self, done: int, total: int, message: str = "") -> None: ...


def silent(done: int, total: int, message: str = "") -> None:
    """For a caller whom progress does not interest."""


@dataclass(frozen=True, slots=True)
class Job:
    kind: str
    function: Callable[..., dict[str, Any] | None]
    task: Any


# Who a user is now is known to accounts, which stands above: it gives its answer at start.
find_actor: Callable[[UUID], Actor] | None = None


def job(kind: str) -> Callable[[Callable[..., dict[str, Any] | None]], Job]:
    """Makes a function a job. Started again by itself only if the worker died under it: it was then undone."""

    def wrap(function: Callable[..., dict[str, Any] | None]) -> Job:
        @app.task(name=kind, retry=RetryStrategy(max_attempts=3, wait=5, retry_exceptions=[OperationalError]))
        def task(progress: str, **args: Any) -> None:
            _perform(function, UUID(progress), args)

        return Job(kind, function, task)

    return wrap


def defer(job: Job, *, by: Actor, grid: int = NOWHERE, **args: Any) -> Progress:
    """Queues a job in the running transaction: no fact without its job, no job without its fact."""
    progress = Progress.objects.create(kind=job.kind, owner=by.id, grid=grid)
    job.task.defer(progress=str(progress.id), **args)
    return progress


def run_here(job: Job, *, by: Actor, report: Report = silent, **args: Any) -> dict[str, Any]:
    """The same job at once, in this process: commands and tests."""
    with acting(by):
        return job.function(by, report, **args) or {}


def _perform(function: Callable[..., dict[str, Any] | None], id: UUID, args: dict[str, Any]) -> None:
    with acting(system_actor()):
        progress = Progress.objects.get(id=id)
    if progress.finished:
        return  # done and committed before the worker died: nothing is done twice
    by = _actor(progress.owner)
    with Reporter(id) as report:
        report.write("started = now(), state = %s", [Progress.State.RUNNING])
        try:
            with acting(by):
                _close(id, Progress.State.DONE, result=function(by, report, **args) or {})
        except Refused as refused:
            report.end(Progress.State.REFUSED, refused.code, refused.params)
        except OperationalError:
            raise  # the database went away: queued again
        except Exception:
            report.end(Progress.State.FAILED, "job_failed", {})
            raise


def _actor(owner: UUID | None) -> Actor:
    if owner is None:
        return system_actor()
    assert find_actor is not None, "accounts gives this at start"
    return find_actor(owner)


def _close(id: UUID, state: str, result: dict[str, Any]) -> None:
    Progress.objects.filter(id=id).update(state=state, result=result, finished=Now())


class Reporter:
    """Writes progress on a connection of its own, outside the transaction that may still be undone."""

    def __init__(self, id: UUID) -> None:
        self.id = id
        self.written = 0.0

    def __enter__(self) -> "Reporter":
        self.connection = psycopg.connect(**_parameters(), autocommit=True)
        self.connection.execute(STATE.replace("true)", "false)"), statement(system_actor()))
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def __call__(self, done: int, total: int, message: str = "") -> None:
        if done < total and time.monotonic() - self.written < PAUSE:
            return
        self.written = time.monotonic()
        self.write("done = %s, total = %s, message = %s", [done, total, message])

    def end(self, state: str, code: str, params: dict[str, Any]) -> None:
        values = [state, code, Jsonb({key: str(value) for key, value in params.items()})]
        self.write("state = %s, message = %s, result = %s, finished = now()", values)

    def write(self, changes: str, values: list[Any]) -> None:
        self.connection.execute(f"UPDATE base_progress SET {changes} WHERE id = %s", [*values, self.id])


def _parameters() -> dict[str, Any]:
    given = connection.settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {key: given[name] for key, name in names.items() if given[name]}


def periodic(name: str, cron: str) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """A function the platform runs by the clock, over the whole country, in one transaction."""

    def wrap(function: Callable[[], object]) -> Callable[[], object]:
        @app.periodic(cron=cron)
        @app.task(name=name, queueing_lock=name)
        def task(timestamp: int) -> None:
            with acting(system_actor()):
                function()

        return function

    return wrap


@periodic("audit.seal", "* * * * *")
def seal_audit() -> None:
    audit.seal()


@periodic("progress.forget", "20 3 * * *")
def forget_progress() -> None:
    Progress.objects.filter(finished__lt=clock.now() - timedelta(days=30)).delete()


@app.periodic(cron="* * * * *")
@app.task(name="jobs.revive", queueing_lock="jobs.revive", pass_context=True)
async def revive(context: JobContext, timestamp: int) -> None:
    """Jobs whose worker died under them are queued again; their transaction was undone with the worker."""
    for stalled in await context.app.job_manager.get_stalled_jobs():
        await context.app.job_manager.retry_job(stalled)
