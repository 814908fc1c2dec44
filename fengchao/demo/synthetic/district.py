"""Many communities, one after another, for as many people as are asked for."""

from collections.abc import Iterable, Iterator
from random import Random

from fengchao.demo.synthetic.community import Community, community

PEOPLE_PER_HOUSEHOLD = 2.6
BLOCKS = 5000


def codes_of(county: int, communities_per_street: int = 9) -> Iterator[int]:
    """Made-up community codes of a county, street by street, for those who do not bring real ones."""
    for street in range(1, 100):
        for number in range(1, communities_per_street + 1):
            yield county * 1_000_000 + street * 1000 + number


def communities(codes: Iterable[int], people: int, seed: int = 1, first_block: int = 0) -> Iterator[Community]:
    """Streams communities of 1,500 to 6,500 households until `people` are housed; the last one is cut to fit.

    Memory is that of one community. Raises ValueError when the codes run out first.
    """
    rng, left = Random(f"{seed}:district"), people
    for block, code in enumerate(codes, first_block):
        wanted = min(rng.randrange(1500, 6500), max(1, round(left / PEOPLE_PER_HOUSEHOLD)))
        made = community(code, wanted, seed, block % BLOCKS)
        left -= len(made.people)
        yield made
        if left <= 0:
            return
    raise ValueError(f"no codes left with {left} people still to house")
