"""Who lives behind one door: relations, sexes and ages that belong together.

Sizes follow the 2020 census closely enough for 4,883 households to hold about 12,700 people (2.6 each).
"""

from collections.abc import Callable
from random import Random

from fengchao.demo.synthetic.chance import Wheel

Member = tuple[str, str, int]  # relation to the head, sex, age
OTHER = {"m": "f", "f": "m"}


def alone_young(rng: Random) -> list[Member]:
    return [("head", _sex(rng), rng.randrange(19, 45))]


def alone_elderly(rng: Random) -> list[Member]:
    return [("head", "f" if rng.random() < 0.66 else "m", _elder(rng, 65))]


def couple(rng: Random) -> list[Member]:
    return _pair(rng, rng.randrange(24, 60))


def couple_elderly(rng: Random) -> list[Member]:
    return _pair(rng, _elder(rng, 60))


def single_parent(rng: Random) -> list[Member]:
    age = rng.randrange(25, 52)
    return [("head", "f" if rng.random() < 0.75 else "m", age), _child(rng, age)]


def family(rng: Random) -> list[Member]:
    pair = _pair(rng, rng.randrange(25, 55))
    children = FAMILY_CHILDREN.spin(rng)
    return pair + [_child(rng, pair[1][2]) for _ in range(children)]


def three_generations(rng: Random) -> list[Member]:
    young = family(rng)
    age = young[0][2] + rng.randrange(22, 32)
    old = [("parent", "f", min(age, 99))]
    if rng.random() < 0.55:
        old.append(("parent", "m", min(age + rng.randrange(0, 5), 99)))
    return young + old


def grandparents(rng: Random) -> list[Member]:
    pair = _pair(rng, rng.randrange(55, 75))
    return pair + [("grandchild", _sex(rng), rng.randrange(1, 16))]


def mates(rng: Random) -> list[Member]:
    sex = _sex(rng)
    people = [("mate", sex, rng.randrange(18, 42)) for _ in range(rng.choice((2, 2, 3, 3, 4)))]
    return [("head", *people[0][1:]), *people[1:]]


def with_lodger(rng: Random) -> list[Member]:
    return family(rng) + [("lodger", _sex(rng), rng.randrange(18, 60))]


def _elder(rng: Random, youngest: int) -> int:
    return youngest + int(rng.random() ** 1.6 * 31)


def _sex(rng: Random) -> str:
    return "m" if rng.random() < 0.512 else "f"


def _pair(rng: Random, age: int) -> list[Member]:
    head = "m" if rng.random() < 0.72 else "f"
    return [("head", head, age), ("spouse", OTHER[head], max(20, age + rng.randrange(-4, 4)))]


def _child(rng: Random, parent: int) -> Member:
    oldest = min(parent - 20, 26)
    return ("child", _sex(rng), rng.randrange(0, max(oldest, 1)))


FAMILY_CHILDREN = Wheel({1: 60, 2: 35, 3: 5}, size=100)
KINDS: dict[str, Callable[[Random], list[Member]]] = {
    builder.__name__: builder
    for builder in (
        alone_young, alone_elderly, couple, couple_elderly, single_parent, family,
        three_generations, grandparents, mates, with_lodger,
    )
}  # fmt: skip
MIX = {
    "owner": Wheel(
        {
            "alone_young": 7, "alone_elderly": 11, "couple": 13, "couple_elderly": 13, "single_parent": 3,
            "family": 36, "three_generations": 12, "grandparents": 3, "with_lodger": 2,
        }, size=100,
    ),
    "tenant": Wheel(
        {
            "alone_young": 26, "alone_elderly": 2, "couple": 21, "couple_elderly": 2, "single_parent": 4,
            "family": 26, "three_generations": 4, "grandparents": 2, "mates": 12, "with_lodger": 1,
        }, size=100,
    ),
}  # fmt: skip
OWNERS = {"managed": 0.76, "unmanaged": 0.62, "urban_village": 0.22}


def household(rng: Random, compound_kind: str, whole_house: bool = False) -> tuple[str, str, list[Member]]:
    """(kind, tenure, members), the head first."""
    tenure = "owner" if whole_house or rng.random() < OWNERS[compound_kind] else "tenant"
    kind = MIX[tenure].spin(rng)
    return kind, tenure, KINDS[kind](rng)
