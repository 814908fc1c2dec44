"""One home folder for all faults: the register is made once, every test declares a campaign of its own."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="fengchao-") as folder:  # not pytest's own, as `folder`
        yield Path(folder) / "home"
