"""Journeys through a real browser, on a real server with a small synthetic community of its own."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser, sync_playwright

from fengchao.demo import cast
from fengchao.demo.server import Server

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
HOUSEHOLDS = 150


@dataclass(frozen=True)
class Town:
    """A served community: its address, and who may sign in."""

    url: str
    accounts: list[cast.Account]
    home: Path

    def who(self, role: str) -> cast.Account:
        return next(one for one in self.accounts if one.role == role)

    @property
    def grids(self) -> list[int]:
        return sorted({one.area for one in self.accounts if one.role == "grid_worker"})

    @property
    def worker(self) -> cast.Account:
        return self.who("grid_worker")


@pytest.fixture(scope="session")
def town() -> Iterator[Town]:
    # Not pytest's own folder: as root, PostgreSQL runs as somebody else, who may not look into that one.
    with TemporaryDirectory(prefix="fengchao-town-") as folder:
        home = Path(folder)
        fill = [sys.executable, "-m", "fengchao", "--home", str(home), "demo", "--only-load"]
        subprocess.run([*fill, "--households", str(HOUSEHOLDS)], cwd=ROOT, check=True, capture_output=True)
        with Server(home) as server:
            yield Town(server.url, cast.remembered(home), home)


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    import chromium

    path = chromium.find_or_install()
    if not path:
        pytest.fail(chromium.SORRY)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
