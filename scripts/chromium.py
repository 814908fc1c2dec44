"""A Chromium for the browser journeys and the screenshots: one that is here, Playwright's, or the distribution's."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
SORRY = ("no Chromium on this machine, and none could be installed. Install one (Debian: apt install chromium) "
         "or set FENGCHAO_CHROMIUM to its path.")


def find_or_install() -> str:
    """The path of a browser; empty when there is none and none can be had."""
    return find() or _playwrights_own() or _distributions() or ""


def find() -> str | None:
    if given := os.environ.get("FENGCHAO_CHROMIUM"):
        return given
    return next(filter(None, map(shutil.which, NAMES)), None) or _installed_by_playwright()


def _installed_by_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _playwrights_own() -> str | None:
    print("tests: getting Playwright's Chromium (about 150 MB, once)", flush=True)
    words = ["install", "chromium", *(["--with-deps"] if os.geteuid() == 0 else [])]
    subprocess.run([sys.executable, "-m", "playwright", *words])
    return _installed_by_playwright()


def _distributions() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("tests: getting the distribution's Chromium (once)", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], env=quiet, stdout=subprocess.DEVNULL)
    subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"], env=quiet)
    return find()


if __name__ == "__main__":
    print(find_or_install() or sys.exit(SORRY))
