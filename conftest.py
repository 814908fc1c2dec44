"""Tests run on real PostgreSQL: the embedded one, or FENGCHAO_TEST_DATABASE_URL, as the login that owns nothing.

The migrated database is kept as a template named after the migrations, so that only a change of them costs time.
"""

import gc
import ipaddress
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings

from fengchao.base import messages, postgres


def pytest_configure() -> None:
    # How soon a busy machine thinks of an example, and is through with it, is no promise of ours.
    hypothesis.settings.register_profile("patient", deadline=None, suppress_health_check=[
        hypothesis.HealthCheck.too_slow])
    hypothesis.settings.load_profile("patient")
    _stay_on_this_machine()
    messages.compile_all()
    # The server under test need neither wait for the disk nor clean up: its databases end with the run. Homes that are
    # killed, filled up or restored are made by `fengchao` itself, and do.
    postgres.SETTINGS |= {"fsync": "off", "autovacuum": "off"}
    # Every browser of a test begins a server of its own, which would look through all static files first.
    settings.WHITENOISE_AUTOREFRESH = True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones first: begun last, one of them would keep its worker busy while the others have gone home."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """What is gathered stays to the end: the collector need not walk through it thousands of times."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _stay_on_this_machine() -> None:
    """A test that needs the network passes here and fails elsewhere; it fails here too."""
    connect = socket.socket.connect

    def local(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host not in ("", "localhost") and not ipaddress.ip_address(host).is_loopback:
            raise RuntimeError(f"a test asked for the network: {host}")
        connect(self, address)

    socket.socket.connect = local


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker, worker_id: str):
    from fengchao.base import testdb

    with django_db_blocker.unblock():
        name = testdb.create(worker_id)
        yield
        testdb.drop(name)


@pytest.fixture
def folder() -> Iterator[Path]:
    """For a PostgreSQL of one's own. When we are root it runs as another user, and pytest closes its folders to others,
    again with every run that begins beside this one."""
    with tempfile.TemporaryDirectory(prefix="fengchao-") as name:
        yield Path(name)


@pytest.fixture(autouse=True)
def _no_names_from_the_test_before():
    from fengchao.areas.queries import forget_names

    forget_names()


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    return getattr(request.config, "workerinput", {}).get("workerid", "main")
