"""All tests, one step after the other, with the time each took. Goes on after a failure, then fails.

1. everything but the browser, on the embedded PostgreSQL
2. the same on FENGCHAO_TEST_DATABASE_URL, where it is set
3. the phone's own tests (vitest)
4. journeys through a real browser
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import chromium

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest", "-q"]
PARALLEL = ["-n", "auto", "--maxprocesses", "8", "--dist", "worksteal", "--ignore", "tests/browser"]


def main() -> int:
    os.chdir(ROOT)
    given = os.environ.pop("FENGCHAO_TEST_DATABASE_URL", "")
    steps = [("tests on the embedded PostgreSQL", [*PYTEST, *PARALLEL], {})]
    if given:
        steps.append(("tests on the PostgreSQL of FENGCHAO_TEST_DATABASE_URL",
                      [*PYTEST, *PARALLEL], {"FENGCHAO_TEST_DATABASE_URL": given}))
    steps.append(("tests of the phone", [sys.executable, "scripts/frontend", "test"], {}))
    results = [step(*one) for one in steps] + [journeys()]
    print("\n" + "\n".join(f"{'ok  ' if ok else 'FAIL'} {seconds:5.0f} s  {what}" for what, ok, seconds in results))
    return 0 if all(ok for _, ok, _ in results) else 1


def step(what: str, command: list[str], more: dict[str, str]) -> tuple[str, bool, float]:
    print(f"\n== {what}", flush=True)
    began = time.monotonic()
    done = subprocess.run(command, env=os.environ | more)
    return what, done.returncode == 0, time.monotonic() - began


def journeys() -> tuple[str, bool, float]:
    what = "journeys through a browser"
    browser = chromium.find_or_install()
    if not browser:
        print(f"\n== {what}: {chromium.SORRY}", file=sys.stderr)
        return what, False, 0
    return step(what, [*PYTEST, "-m", "browser"], {"FENGCHAO_CHROMIUM": browser})


if __name__ == "__main__":
    sys.exit(main())
