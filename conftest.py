"""Tests run on real PostgreSQL: the embedded one, or FENGCHAO_TEST_DATABASE_URL, as the login that owns nothing.

The migrated database is kept as a template named after the migrations, so that only a change of them costs time.
"""

import runpy
from pathlib import Path

import pytest


def pytest_configure() -> None:
    runpy.run_path(str(Path(__file__).parent / "scripts" / "messages.py"))["compile_all"]()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker, worker_id: str):
    from fengchao.base import messages, testdb

    messages.compile_all()
    with django_db_blocker.unblock():
        name = testdb.create(worker_id)
        yield
        testdb.drop(name)


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    return getattr(request.config, "workerinput", {}).get("workerid", "main")
