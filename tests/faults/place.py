"""A served community of its own, to be killed: a home folder, a campaign, phones that push at full rate."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import psycopg

from fengchao.base import postgres
from fengchao.base.testready import COMMUNITY, copy_of_home
from fengchao.demo.drill.line import Line, Lost, Refusal
from fengchao.demo.drill.phone import Phone
from fengchao.demo.server import Server

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds until a killed part answers again

# In a process of its own, because Django in this one belongs to the tests' database.
SET_UP = """
import json, sys
from pathlib import Path
home, code = Path(sys.argv[1]), int(sys.argv[2])
from fengchao.base.django_start import start
start(home)
from fengchao.demo import stage
from fengchao.demo.drill import canvass
campaign, _ = canvass.declare(code)
accounts = canvass.hire(stage.grids_of(code), 4)
print(json.dumps([str(campaign), [[a.username, a.password] for a in accounts]]))
"""


@dataclass
class Place:
    home: Path
    server: Server
    campaign: str
    phones: list[Phone]
    accounts: list[list[str]]
    stop: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)  # other than yes, for whoever reads a failure

    def push_at_full_rate(self) -> None:
        """Every phone notes a visit at each of its doors, again and again, and sends, whatever happens."""
        self.stop.clear()
        self.threads = [threading.Thread(target=self._keep_pushing, args=(phone,)) for phone in self.phones]
        for thread in self.threads:
            thread.start()

    def rest(self) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def leave(self) -> None:
        self.rest()
        self.server.stop()
        for phone in self.phones:
            phone.line.close()

    def send_what_is_left(self) -> None:
        for phone in self.phones:
            deadline = time.monotonic() + PATIENCE
            while phone.outbox and time.monotonic() < deadline:
                with suppress(Lost, Refusal):
                    phone.push()

    def acknowledged(self) -> set[str]:
        return {op for phone in self.phones for op in phone.acknowledged("record")}

    def wait_for(self, acknowledged: int) -> None:
        """Until so many records have been acknowledged since now."""
        goal, deadline = len(self.acknowledged()) + acknowledged, time.monotonic() + PATIENCE
        while len(self.acknowledged()) < goal:
            assert time.monotonic() < deadline, f"the server takes nothing: {self.answers}"
            self.stop.wait(0.02)

    def ask(self, statement: str, *parameters: object) -> list[tuple]:
        """As the owner, past every policy: what is really there."""
        with psycopg.connect(postgres.urls_of(self.home).owner) as connection:
            return connection.execute(statement, parameters).fetchall()

    def doors(self, phone: Phone) -> list[dict]:
        return [task for task in phone.store["tasks"].values() if task["campaign"] == self.campaign]

    def _keep_pushing(self, phone: Phone) -> None:
        while not self.stop.is_set():
            for task in self.doors(phone):
                phone.note("record", task=task["id"], outcome="nobody_home", base_version=task["version"])
            try:
                while phone.outbox and not self.stop.is_set():
                    phone.push_one()
            except (Lost, Refusal) as problem:
                self.answers[str(problem)[:80]] += 1
                self.stop.wait(0.1)  # whoever is knocked at all the time has no time to get well


def family(pid: int) -> list[int]:
    """A process and all below it, children last."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            found += [int(child) for child in task.read_text().split()]
    return found


def kill(pids: list[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def postmaster(home: Path) -> int:
    return int((home / "pg" / "postmaster.pid").read_text().splitlines()[0])


def register_in(home: Path) -> None:
    if not home.exists():
        copy_of_home(home)


def prepare(home: Path) -> tuple[str, list[list[str]]]:
    """(campaign, [user, password] of each phone): the register once, a campaign for every call."""
    register_in(home)
    done = subprocess.run(
        [sys.executable, "-c", SET_UP, str(home), str(COMMUNITY)], cwd=ROOT, capture_output=True, text=True,
        env=os.environ | {"FENGCHAO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "fengchao.settings"},
    )  # fmt: skip
    assert not done.returncode, done.stderr
    return tuple(json.loads(done.stdout.splitlines()[-1]))


def set_up(home: Path) -> Place:
    campaign, accounts = prepare(home)
    server = Server(home).start()
    phones = [_phone(server, nth, account) for nth, account in enumerate(accounts)]
    return Place(home, server, campaign, phones, accounts)


def another_phone(place: Place) -> Phone:
    """Of the first worker, who tries until the server is well again."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return _phone(place.server, len(place.phones), place.accounts[0])
        except (Lost, Refusal):
            if time.monotonic() > deadline:
                raise


def _phone(server: Server, nth: int, account: list[str]) -> Phone:
    phone = Phone(Line(server.url, Random(nth), timeout=10), Random(nth), *account, repeat=0.0)
    phone.enrol()
    phone.pull()
    return phone
