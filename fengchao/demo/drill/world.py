"""What is behind each door: known to the drill, found out by the workers. Decided by the door and the seed alone,
so that it does not matter who knocks, or in which order."""

from dataclasses import dataclass
from random import Random

VACANT_IF_EMPTY = 0.85  # a door behind which the register knows nobody
REFUSES = 0.03  # of those who open
WRONG_ADDRESS = 0.004
ANSWERS_PHONE = 0.6  # of those never at home, once somebody calls
NEIGHBOURS_SAY_SO = 2  # visits until an empty flat is known to be one
CALL_AFTER = 3  # visits until a worker takes the telephone instead


@dataclass(frozen=True, slots=True)
class World:
    seed: int
    open_rate: float

    def knock(self, door: str, visit: int, lived_in: bool) -> str:
        """The outcome of one visit (1, 2, ...) to a door."""
        nature = Random(f"{self.seed}:{door}").random()
        today = Random(f"{self.seed}:{door}:{visit}")
        if nature < WRONG_ADDRESS:
            return "wrong_address"
        if not lived_in and nature < VACANT_IF_EMPTY:
            return "vacant" if visit >= NEIGHBOURS_SAY_SO else "nobody_home"
        if today.random() < self.open_rate:
            return "refused" if today.random() < REFUSES else "met"
        if visit > CALL_AFTER and today.random() < ANSWERS_PHONE:
            return "by_phone"
        return "nobody_home"

    def finds_somebody_new(self, door: str) -> bool:
        return Random(f"{self.seed}:{door}:new").random() < 0.04
