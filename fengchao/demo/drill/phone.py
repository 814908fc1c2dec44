"""What the field app does, without the screen: enrol, pull into a local copy, keep an outbox, push it.

The local copy is the phone's whole world: a worker decides from it alone, and the drill's law "pulled equals
pulled anew" compares it with a first pull at the end.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from fengchao.base.ids import uuid7
from fengchao.demo.drill.line import Line, Lost

BATCH = 100
KINDS = ("grids", "buildings", "dwellings", "people", "campaigns", "forms", "tasks")
KEPT = {"accepted", "repeated", "conflict"}
Op = dict[str, Any]


@dataclass
class Phone:
    line: Line
    rng: Random
    username: str
    password: str
    clock_off: timedelta = timedelta()  # phones are days wrong; the server's clock decides
    repeat: float = 0.05  # share of pushes that send an acknowledged batch once more
    cursor: str = ""
    store: dict[str, dict[str, dict]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    outbox: list[Op] = field(default_factory=list)
    answered: dict[str, str] = field(default_factory=dict)  # op id -> accepted | repeated | conflict | refused
    refusals: list[dict] = field(default_factory=list)
    pushes: int = 0
    repeats: int = 0
    fulls: int = 0  # pulls that meant: forget everything first
    noted: dict[str, Op] = field(default_factory=dict)  # everything ever written into the outbox
    _sent: list[Op] = field(default_factory=list)
    _tried: set[str] = field(default_factory=set)

    def enrol(self) -> None:
        who = {"username": self.username, "password": self.password, "device_name": f"drill {self.username}"}
        self.line.token = insist(lambda: self.line.call("POST", "/api/v1/devices/enrol", who))["token"]

    def pull(self) -> None:
        more = True
        while more:
            path = f"/api/v1/sync/pull?cursor={self.cursor}" if self.cursor else "/api/v1/sync/pull"
            answer = insist(partial(self.line.call, "GET", path))
            self._take(answer)
            more = answer["more"]

    def note(self, kind: str, **fields: Any) -> Op:
        """Writes an operation into the outbox, with or without a server in reach."""
        op = {"id": str(uuid7()), "type": kind, "at": self.now().isoformat(), **fields}
        self.outbox.append(op)
        self.noted[op["id"]] = op
        return op

    def acknowledged(self, kind: str) -> dict[str, Op]:
        """The operations of a kind that the server says it has kept."""
        return {
            key: self.noted[key]
            for key, status in list(self.answered.items())  # at once: a phone asked by another thread goes on sending
            if status in KEPT and self.noted[key]["type"] == kind
        }

    def fresh(self) -> "Phone":
        """The same phone after losing its memory: pulls everything anew."""
        twin = Phone(self.line, self.rng, self.username, self.password)
        twin.pull()
        return twin

    def now(self) -> datetime:
        return datetime.now(UTC) + self.clock_off

    def push(self) -> None:
        """Empties the outbox in batches, in an order of chance. Stops at the first lost answer: what was
        sent stays in the outbox and goes again."""
        self.rng.shuffle(self.outbox)
        while self.outbox:
            if self._sent and self.rng.random() < self.repeat:
                self._send(self._sent)
            self.push_one()

    def push_one(self) -> None:
        batch = self.outbox[:BATCH]
        self._settle(self._send(batch))
        self._sent = batch

    def push_all(self) -> None:
        insist(self.push)

    def _send(self, batch: list[Op]) -> list[dict]:
        self.pushes += 1
        self.repeats += sum(op["id"] in self._tried for op in batch)
        self._tried.update(op["id"] for op in batch)
        message = {"device_time": self.now().isoformat(), "ops": batch}
        return self.line.call("POST", "/api/v1/sync/push", message)["results"]

    def _settle(self, results: list[dict]) -> None:
        for result in results:
            self.answered[result["id"]] = result["status"]
            if result["status"] == "refused":
                self.refusals.append(result)
        self.outbox = [op for op in self.outbox if op["id"] not in self.answered]

    def _take(self, answer: dict) -> None:
        if answer["full"]:
            self.fulls += 1
            self.store = {kind: {} for kind in KINDS}
        for gone in answer.get("gone", ()):
            for kind in KINDS:
                self.store[kind].pop(str(gone["id"]), None)
        for kind in KINDS:
            for row in answer.get(kind, ()):
                self.store[kind][str(row.get("id", row.get("code")))] = row
        self.cursor = answer["cursor"]


def insist(call: Callable[[], Any], tries: int = 60) -> Any:
    """Again and again, as a phone does when the line is bad."""
    for _ in range(tries - 1):
        try:
            return call()
        except Lost:
            continue
    return call()
