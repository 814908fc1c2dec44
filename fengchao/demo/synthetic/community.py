"""One community: buildings until the households are housed, grids over them, people in them."""

from dataclasses import dataclass
from datetime import date
from random import Random

from fengchao.demo.synthetic import grids, housing
from fengchao.demo.synthetic.households import Member, household
from fengchao.demo.synthetic.housing import Plan
from fengchao.demo.synthetic.model import Building, Compound, Dwelling, Household, Person, Premises
from fengchao.demo.synthetic.numbers import block_of
from fengchao.demo.synthetic.people import People
from fengchao.demo.synthetic.premises import premises

TODAY = date(2026, 9, 1)  # ages are counted to this day, so that a seed means the same people next year
VACANT = {"managed": 0.09, "unmanaged": 0.06, "urban_village": 0.12}
Home = tuple[str, str, list[Member]]  # kind, tenure, members: one household before it has a key
Homes = list[list[Home]]  # behind each door, in order
SHARED = {"managed": 0.02, "unmanaged": 0.04, "urban_village": 0.06}


@dataclass(frozen=True, slots=True)
class Community:
    code: int  # 12 digits
    seed: int
    compounds: tuple[Compound, ...]
    buildings: tuple[Building, ...]
    dwellings: tuple[Dwelling, ...]
    households: tuple[Household, ...]
    people: tuple[Person, ...]
    premises: tuple[Premises, ...]

    @property
    def grids(self) -> list[int]:
        return sorted({building.grid for building in self.buildings})


def community(code: int = 350181005004, households: int = 4883, seed: int = 1, block: int | None = None) -> Community:
    """`block` (0..4999) keeps ids and telephones of communities apart; without one the code decides."""
    rng = Random(f"{seed}:{code}")
    block = block_of(code) if block is None else block
    plans, homes = _house(rng, households)
    buildings, dwellings = _build(code, plans)
    people_maker = People(rng, code, block, TODAY)
    settled, people = _settle(people_maker, dwellings, homes)
    return Community(
        code=code, seed=seed,
        compounds=tuple({plan.compound.key: plan.compound for plan in plans}.values()),
        buildings=tuple(buildings), dwellings=tuple(dwellings),
        households=tuple(settled), people=tuple(people),
        premises=tuple(premises(rng, buildings, people_maker.serials, len(people))),
    )  # fmt: skip


def _house(rng: Random, wanted: int) -> tuple[list[Plan], Homes]:
    """Plans and, for each of their doors in order, the households behind it (none: vacant)."""
    plans: list[Plan] = []
    homes: Homes = []
    housed = 0
    for _compound, planned in housing.compounds(rng):
        for plan in planned:
            plans.append(plan)
            for _ in range(_door_count(plan)):
                behind = _behind_door(rng, plan, wanted - housed)
                housed += len(behind)
                homes.append(behind)
            if housed >= wanted:
                return plans, homes
    raise AssertionError("compounds never end")


def _door_count(plan: Plan) -> int:
    return 1 if plan.whole_house else len(plan.entrances) * len(plan.floors) * plan.doors


def _behind_door(rng: Random, plan: Plan, left: int) -> list[Home]:
    kind = plan.compound.kind
    if rng.random() < VACANT[kind]:
        return []
    count = min(left, 2 if rng.random() < SHARED[kind] else 1)
    return [household(rng, kind, plan.whole_house) for _ in range(count)]


def _build(code: int, plans: list[Plan]) -> tuple[list[Building], list[Dwelling]]:
    buildings: list[Building] = []
    dwellings: list[Dwelling] = []
    seq: dict[int, int] = {}
    numbers = grids.cut([_door_count(plan) for plan in plans])
    for key, (plan, number) in enumerate(zip(plans, numbers, strict=True), 1):
        seq[number] = seq.get(number, 0) + 1
        building = Building(
            key=key, compound=plan.compound.key, grid=code * 1000 + number, name=housing.building_name(plan),
            number=plan.number, entrances=len(plan.entrances), floors=max(plan.floors), seq=seq[number],
        )  # fmt: skip
        buildings.append(building)
        dwellings += housing.doors(plan, building, len(dwellings) + 1)
    return buildings, dwellings


def _settle(maker: People, dwellings: list[Dwelling], homes: Homes) -> tuple[list[Household], list[Person]]:
    settled: list[Household] = []
    people: list[Person] = []
    for door, behind in zip(dwellings, homes, strict=True):
        for kind, tenure, members in behind:
            key, first = len(settled) + 1, len(people) + 1
            settled.append(Household(key, door.key, door.grid, kind, tenure, first))
            people += maker.settle(first, key, door, kind, tenure, members)
    return settled, people
