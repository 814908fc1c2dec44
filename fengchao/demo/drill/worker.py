"""One grid worker and the round they make: pull in the morning, walk without a network, send when there is one."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple
from uuid import UUID

from fengchao.demo.answers import verify_visit
from fengchao.demo.drill.phone import Phone
from fengchao.demo.drill.world import World
from fengchao.demo.synthetic import names

OPEN = "open"
HELP = 0.03  # share of a team mate's doors one also knocks at: this is how conflicts are made


class Turn(NamedTuple):
    """Of the doors of a grid that several walk: every `of`th, beginning with `nth`."""

    nth: int = 0
    of: int = 1

    def deals(self, door: str) -> bool:
        return UUID(door).int % self.of == self.nth


@dataclass
class Worker:
    phone: Phone
    world: World
    campaign: str
    rng: Random
    own: set[int]  # the grids walked every day, by the numbers they had in the morning of the first day
    turn: Turn = Turn()
    buildings: set[str] = field(default_factory=set)  # those in them: grids change their numbers, buildings stay
    visits: dict[str, int] = field(default_factory=dict)
    homes: Counter[str] = field(default_factory=Counter)  # people known behind each door
    attempts: int = 0

    def round(self) -> int:
        """One day. Returns how many doors of one's own were still open in the evening."""
        self.phone.pull()
        if not self.visits:
            self.buildings |= {id_ for id_, row in self.phone.store["buildings"].items() if row["grid"] in self.own}
        self.homes = Counter(person["dwelling"] for person in self.phone.store["people"].values())
        doors = self.doors()
        signal = self.rng.randrange(40, 160)
        for nth, task in enumerate(doors, 1):
            self.knock(task)
            if nth % signal == 0:
                self.phone.push_all()
        self.phone.push_all()
        self.phone.pull()
        return sum(self.mine(task) for task in self.remaining())

    def mine(self, task: dict) -> bool:
        return task["building"] in self.buildings and self.turn.deals(task["dwelling"])

    def walks(self, buildings: set[str]) -> bool:
        return buildings <= self.buildings

    @property
    def alone(self) -> bool:
        return self.turn.of == 1

    def doors(self) -> list[dict]:
        """What remains, in walking order."""
        knocked = (task for task in self.remaining() if self.mine(task) or self.rng.random() < HELP)
        return sorted(knocked, key=self._walk)

    def remaining(self) -> list[dict]:
        tasks = self.phone.store["tasks"].values()
        return [task for task in tasks if task["state"] == OPEN and task["campaign"] == self.campaign]

    def knock(self, task: dict) -> None:
        door = task["dwelling"]
        visit = self.visits[task["id"]] = self.visits.get(task["id"], task["attempts"]) + 1
        outcome = self.world.knock(door, visit, lived_in=door in self.homes)
        self.attempts += 1
        answers = verify_visit(self.rng, self.homes[door]) if outcome in ("met", "by_phone") else {}
        self.phone.note("record", task=task["id"], outcome=outcome, base_version=task["version"], answers=answers)
        if outcome == "met" and self.world.finds_somebody_new(door):
            self._register(task)

    def _register(self, task: dict) -> None:
        sex = self.rng.choice("mf")
        name = names.surnames(coast=True).spin(self.rng) + names.given(self.rng, 1990, sex)
        self.phone.note(
            "person_add", dwelling=task["dwelling"], task=task["id"], name=name, sex=sex, born="1990-01-01",
            relation="合租", basis="tenant", presence="present",
        )  # fmt: skip

    def _walk(self, task: dict) -> tuple:
        building = self.phone.store["buildings"].get(task["building"], {})
        dwelling = self.phone.store["dwellings"].get(task["dwelling"], {})
        return task["grid"], building.get("seq", 0), dwelling.get("walk", 0)
