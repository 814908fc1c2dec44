"""Shops, small premises, guest houses and one factory on the ground floors."""

from random import Random

from fengchao.demo.synthetic import names
from fengchao.demo.synthetic.chance import Wheel
from fengchao.demo.synthetic.housing import one, places
from fengchao.demo.synthetic.model import Building, Premises
from fengchao.demo.synthetic.numbers import Serials, organisation_code

KINDS = Wheel({"shop": 48, "small_premises": 44, "hotel": 8}, size=100)
STAFF = {"shop": (1, 6), "small_premises": (1, 5), "hotel": (4, 20), "factory": (60, 260)}


def premises(rng: Random, buildings: list[Building], serials: Serials, people: int) -> list[Premises]:
    """About one to 90 people: the sources count 252 enterprises and 504 small premises in a small street."""
    count = max(1, people // 90)
    return [_one(rng, key, rng.choice(buildings), serials, "factory" if key == count and count > 20 else "")
            for key in range(1, count + 1)]  # fmt: skip


def _one(rng: Random, key: int, building: Building, serials: Serials, kind: str) -> Premises:
    kind = kind or KINDS.spin(rng)
    words = places()["shop"]
    name = one(rng, words["first"]) + one(rng, words["second"]) + one(rng, words["trade"][kind])
    sex = rng.choice("mf")
    contact = names.surnames(coast=True).spin(rng) + names.given(rng, rng.randrange(1965, 2000), sex)
    return Premises(
        key=key, building=building.key, grid=building.grid, name=name, kind=kind,
        uscc=organisation_code(serials.block, key), contact=contact, phone=serials.phone(),
        staff=rng.randrange(*STAFF[kind]),
    )  # fmt: skip
