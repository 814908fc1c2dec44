"""What somebody asks a design for, and what of the register counts as load."""

from dataclasses import asdict, dataclass
from typing import Any, Self

from django.utils.translation import gettext_lazy as _

from fengchao.packs import base_pack

OLD = 80  # years: whoever is as old is visited first in a heat wave

COUNTS: dict[str, Any] = {
    "households": _("每户"),
    "people": _("每个人"),
    "dwellings": _("每扇门（空置的也算）"),
    "old": _("每位 80 岁以上的老人"),
}


def counts() -> dict[str, Any]:
    """What can count, with its words: households, people, doors, the old, and each care tag of the pack."""
    return COUNTS | {code: tag.words for code, tag in base_pack().tags.items()}


@dataclass(frozen=True, slots=True)
class Asked:
    """`tolerance` in percent; `weights` says how much one of each counts; `divide`: which compounds may be cut, the
    "large" ones that no grid could hold, "any", or none: "whole"; `seed` changes with every wish for others."""

    grids: int
    tolerance: int = 10
    weights: tuple[tuple[str, int], ...] = (("households", 1),)
    divide: str = "large"
    seed: int = 0

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        return cls(**kept | {"weights": tuple((code, weight) for code, weight in kept["weights"])})

    def kept(self) -> dict[str, Any]:
        return asdict(self)
