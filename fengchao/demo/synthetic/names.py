"""Names as their generation and coast would have them."""

import tomllib
from functools import cache
from pathlib import Path
from random import Random

from fengchao.demo.synthetic.chance import Wheel, by_rank

DATA = Path(__file__).parent / "data" / "names.toml"


class Generation:
    """The given names of one sex born in one decade."""

    def __init__(self, share: dict, sex: dict):
        self.common = by_rank(sex["common"].split())
        self.single = by_rank(sex["single"].split())
        self.first, self.second = by_rank(sex["first"]), by_rank(sex["second"])
        self.common_below = share["common"]
        self.single_below = share["common"] + share["single"]

    def draw(self, rng: Random) -> str:
        way = rng.random()
        if way < self.common_below:
            return self.common.spin(rng)
        if way < self.single_below:
            return self.single.spin(rng)
        return self.first.spin(rng) + self.second.spin(rng)


@cache
def _tables() -> dict:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


@cache
def surnames(coast: bool) -> Wheel[str]:
    weights: dict[str, float] = {}
    for region in ("national", "fujian") if coast else ("national",):
        for entry in _tables()["surnames"][region].split():
            name = entry.rstrip("0123456789.")
            weights[name] = weights.get(name, 0) + float(entry[len(name) :])
    return Wheel(weights)


@cache
def generation(decade: int, sex: str) -> Generation:
    decades = _tables()["given"]
    table = decades[max((known for known in decades if int(known) <= decade), default="1930")]
    return Generation(table["share"], table[sex])


def given(rng: Random, year: int, sex: str) -> str:
    return generation(year // 10 * 10, sex).draw(rng)
