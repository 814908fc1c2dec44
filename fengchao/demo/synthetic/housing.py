"""Compounds, buildings and doors of the three kinds a street has: managed towers, walk-ups nobody manages,
and urban villages of self-built houses (村) let out room by room."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from fengchao.demo.synthetic.chance import Wheel
from fengchao.demo.synthetic.model import Building, Compound, Dwelling

DATA = Path(__file__).parent / "data" / "places.toml"
KINDS = Wheel({"managed": 45, "unmanaged": 30, "urban_village": 25}, size=100)

# How the people of a compound write a door. {b} building, {e} entrance, {r} room.
LABELS = {
    "managed": ("{b}号楼{e}单元{r}", "{b}栋{e}单元{r}", "{b}幢{r}", "{b}号楼{r}室", "{b}座{r}"),
    "unmanaged": ("{b}号楼{e}单元{r}室", "{b}幢{e}梯{r}", "{b}栋{e}门{r}", "{b}号楼{r}"),
    "urban_village": ("{b}号{r}", "{b}号{r}室", "{b}号 {r}房"),
}
BUILDING_NAMES = {"号楼": "{b}号楼", "栋": "{b}栋", "幢": "{b}幢", "座": "{b}座", "号": "{b}号"}


@dataclass(frozen=True, slots=True)
class Plan:
    """One building before anybody lives in it: doors per floor of each entrance, unlucky floors left out."""

    compound: Compound
    number: str
    entrances: tuple[str, ...]
    floors: tuple[int, ...]
    doors: int
    whole_house: bool = False


@cache
def places() -> dict:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def one(rng: Random, words: str) -> str:
    return rng.choice(words.split())


def compounds(rng: Random) -> Iterator[tuple[Compound, list[Plan]]]:
    """Compounds of one community without end; whoever fills them stops when its people are housed."""
    taken: set[str] = set()
    key = 0
    while True:
        key += 1
        kind = KINDS.spin(rng)
        compound = Compound(
            key=key, name=_unused_name(rng, kind, taken), kind=kind, road=_road(rng),
            number=rng.randrange(1, 380), style=rng.choice(LABELS[kind]),
        )  # fmt: skip
        yield compound, list(PLANNERS[kind](rng, compound))


def doors(plan: Plan, building: Building, first_key: int) -> Iterator[Dwelling]:
    """In walking order: entrance by entrance, lift or stairs up, then floor by floor down."""
    if plan.whole_house:
        label = f"{plan.compound.name}{plan.number}号"
        yield Dwelling(first_key, building.key, building.grid, "", 1, "", label, 1)
        return
    walk = 0
    for entrance in plan.entrances:
        for floor in reversed(plan.floors):
            for nth in range(1, plan.doors + 1):
                room = f"{floor}{nth:02}"
                label = plan.compound.name + plan.compound.style.format(b=plan.number, e=entrance, r=room)
                key, grid = first_key + walk, building.grid
                yield Dwelling(key, building.key, grid, entrance, floor, room, label, walk + 1)
                walk += 1


def building_name(plan: Plan) -> str:
    word = next(word for word in BUILDING_NAMES if "{b}" + word in plan.compound.style)
    return BUILDING_NAMES[word].format(b=plan.number)


def _managed(rng: Random, compound: Compound) -> Iterator[Plan]:
    unlucky = {4, 13, 14} if rng.random() < 0.3 else set()
    shared_entrance = "{e}" not in compound.style
    for number in range(1, rng.randrange(3, 10)):
        floors = tuple(f for f in range(2, rng.randrange(12, 30)) if f not in unlucky)
        units = 1 if shared_entrance else rng.choice((1, 2, 2, 3))
        entrances = ("",) if shared_entrance else tuple(str(n) for n in range(1, units + 1))
        yield Plan(compound, str(number), entrances, floors, rng.choice((2, 3, 4, 4)))


def _unmanaged(rng: Random, compound: Compound) -> Iterator[Plan]:
    shared_entrance = "{e}" not in compound.style
    for number in range(1, rng.randrange(2, 9)):
        units = 1 if shared_entrance else rng.randrange(2, 5)
        entrances = ("",) if shared_entrance else tuple(str(n) for n in range(1, units + 1))
        yield Plan(compound, str(number), entrances, tuple(range(1, rng.choice((6, 7, 7, 8)))), 2)


def _village(rng: Random, compound: Compound) -> Iterator[Plan]:
    for number in range(1, rng.randrange(20, 60)):
        wall = f"{number}-1" if rng.random() < 0.08 else str(number)
        whole = rng.random() < 0.35
        floors = tuple(range(1, rng.randrange(3, 7)))
        yield Plan(compound, wall, ("",), floors, rng.choice((1, 2, 2, 3, 4)), whole)


PLANNERS = {"managed": _managed, "unmanaged": _unmanaged, "urban_village": _village}


def _unused_name(rng: Random, kind: str, taken: set[str]) -> str:
    words = places()["village" if kind == "urban_village" else "compound"]
    while True:
        name = one(rng, words["first"]) + one(rng, words["second"])
        name += "村" if kind == "urban_village" else one(rng, words[kind])
        if name not in taken:
            taken.add(name)
            return name


def _road(rng: Random) -> str:
    words = places()["road"]
    return one(rng, words["first"]) + one(rng, words["second"]) + one(rng, words["kind"])
