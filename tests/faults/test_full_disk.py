"""A full disk refuses with a reason, loses nothing, and takes everything once there is room again."""

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from fengchao.demo.drill.line import Lost, Refusal
from fengchao.demo.drill.phone import Phone

from .place import Place, set_up
from .test_kill import everything_holds

pytestmark = pytest.mark.slow
SIZE = 900 * 1024 * 1024


@pytest.fixture
def small_disk(folder):
    """A file system of its own. Only root can mount one; then the test says that it did not run."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip("needs a file system of its own, which only root may mount here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


def test_a_full_disk_is_said_and_nothing_is_lost(small_disk):
    place = set_up(small_disk / "home")
    ballast = small_disk / "ballast"
    try:
        fill(ballast)
        refused = push_until_refused(place, place.phones[0])
        assert (refused.status, refused.body["code"]) == (507, "disk_full")
        assert refused.body["message"]
        ballast.unlink()
        place.send_what_is_left()
        assert all(not phone.outbox for phone in place.phones)
        everything_holds(place)
    finally:
        with suppress(FileNotFoundError):
            ballast.unlink()
        place.leave()


def fill(path: Path) -> None:
    with path.open("wb") as file, suppress(OSError):
        file.write(bytes(max(0, shutil.disk_usage(path.parent).free - 512 * 1024)))
        os.fsync(file.fileno())
        while True:
            file.write(bytes(65536))
            file.flush()


def push_until_refused(place: Place, phone: Phone) -> Refusal:
    for _ in range(3000):
        for task in place.doors(phone):
            phone.note("record", task=task["id"], outcome="nobody_home", base_version=1, note="x" * 400)
        try:
            phone.push()
        except Refusal as refusal:
            return refusal
        except Lost:
            continue
    raise AssertionError("the disk never filled")
