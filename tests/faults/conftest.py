"""One home folder for all faults: the register is made once, every test declares a campaign of its own."""

import pytest


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("faults") / "home"
