"""Jobs as a person sees them: begun, watched, done as a whole or not at all."""

import pytest
from django.test import TransactionTestCase

from fengchao.base import jobs
from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.models import AuditEntry, AuditSeal, Progress
from fengchao.base.scope import acting
from fengchao.testing import CAROL, GRID


@jobs.job("test.count")
def count(by: Actor, report: jobs.Report, *, upto: int) -> dict[str, int]:
    report(upto, upto)
    return {"counted": upto}


@jobs.job("test.refuse")
def refuse(by: Actor, report: jobs.Report) -> None:
    from fengchao.base import audit

    audit.write_one("half", "done", by=by, grid=GRID)
    raise Refused("too_long", field="name", limit=3)


@pytest.fixture(autouse=True)
def _carol_is_known(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(jobs, "find_actor", lambda id: CAROL)


def work_off(progress: Progress) -> Progress:
    """What the worker does with the queued row, on the connections it would use."""
    with acting(CAROL):
        args = dict(ARGS[progress.kind])
    jobs._perform(JOBS[progress.kind].function, progress.id, args)
    with acting(CAROL):
        progress.refresh_from_db()
    return progress


JOBS = {job.kind: job for job in (count, refuse)}
ARGS = {"test.count": {"upto": 7}, "test.refuse": {}}


def test_a_command_runs_a_job_at_once(db):
    assert jobs.run_here(count, by=CAROL, upto=3) == {"counted": 3}


class Queued(TransactionTestCase):
    databases = {"default"}

    @classmethod
    def _databases_support_transactions(cls) -> bool:
        return True

    def _fixture_teardown(self) -> None:
        """The login that owns nothing cannot truncate; rows are few and named."""

    def begin(self, job: jobs.Job) -> Progress:
        with acting(CAROL):
            return jobs.defer(job, by=CAROL, grid=GRID, **ARGS[job.kind])

    def test_a_job_ends_with_its_result_and_how_far_it_came(self):
        progress = work_off(self.begin(count))
        assert (progress.state, progress.done, progress.result) == ("done", 7, {"counted": 7})

    def test_a_refused_job_says_why_and_leaves_nothing_behind(self):
        progress = work_off(self.begin(refuse))
        assert (progress.state, progress.message) == ("refused", "too_long")
        assert progress.result == {"field": "name", "limit": "3"}
        with acting(CAROL):
            assert not AuditEntry.objects.filter(action="half").exists()

    def test_a_job_that_was_done_is_not_done_again(self):
        progress = work_off(self.begin(count))
        ended = progress.finished
        assert work_off(progress).finished == ended

    def test_nothing_is_queued_when_the_request_is_undone(self):
        with pytest.raises(RuntimeError), acting(CAROL):
            progress = jobs.defer(count, by=CAROL, upto=1)
            raise RuntimeError
        with acting(CAROL):
            assert not Progress.objects.filter(id=progress.id).exists()


def test_the_trail_is_sealed_by_the_clock(db):
    assert "audit.seal" in {task.task.name for task in jobs.app.periodic_registry.periodic_tasks.values()}
    assert AuditSeal.objects.count() == 0
