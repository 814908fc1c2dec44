"""How a door is written: in four columns, or as one address; tidily, or as the clerk felt that day."""

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from random import Random

from fengchao.demo.dirty import slips
from fengchao.demo.dirty.slips import Cell
from fengchao.demo.synthetic.model import Building, Compound, Dwelling


@dataclass(frozen=True, slots=True)
class Door:
    """The truth about one door, in the words of the register."""

    compound: str
    building: str
    number: str
    entrance: str
    floor: int
    room: str
    label: str
    dwelling: int

    @classmethod
    def of(cls, compound: Compound, building: Building, dwelling: Dwelling) -> "Door":
        return cls(
            compound.name, building.name, building.number, dwelling.entrance, dwelling.floor, dwelling.room,
            dwelling.label, dwelling.key,
        )  # fmt: skip

    def truth(self) -> dict:
        return asdict(self)


def columns(door: Door) -> list[Cell]:
    return [door.compound, door.building, door.entrance and f"{door.entrance}单元", door.room]


def untidy_columns(rng: Random, door: Door) -> list[Cell]:
    building = rng.choice(BUILDING_WAYS)(door)
    entrance = door.entrance and rng.choice((door.entrance, f"{slips.numeral(int(door.entrance))}单元"))
    room: Cell = door.room
    if room:
        room = rng.choice((int(door.room), f"{door.room}室", door.room.translate(slips.NUMERALS)))
    return [door.compound, building, entrance, room]


def address(door: Door) -> str:
    return door.label


def untidy_address(rng: Random, door: Door, community: str) -> str:
    return rng.choice(ADDRESS_WAYS)(door, community)


def _spelled(door: Door) -> str:
    """3号楼 -> 三号楼. 56-1号 stays: nobody spells that."""
    if not door.number.isdigit():
        return door.building
    return door.building.replace(door.number, slips.numeral(int(door.number)), 1)


def _rest(door: Door, spell: bool = False) -> str:
    if not door.entrance:
        return door.room.translate(slips.NUMERALS) if spell else door.room
    entrance = slips.numeral(int(door.entrance)) if spell else door.entrance
    return f"{entrance}单元{door.room.translate(slips.NUMERALS) if spell else door.room}"


def _dashes(door: Door, community: str) -> str:
    """3-2-502. A house numbered 56-1 cannot be written so without saying something else."""
    if "-" in door.number:
        return door.label
    return door.compound + "-".join(part for part in (door.number, door.entrance, door.room) if part)


BUILDING_WAYS: tuple[Callable[[Door], str], ...] = (
    _spelled,
    lambda door: door.building.translate(slips.FULL_WIDTH),
    lambda door: door.building.translate(slips.TRADITIONAL),
    lambda door: door.number,
    lambda door: f"{door.building} ",
)
ADDRESS_WAYS: tuple[Callable[[Door, str], str], ...] = (
    lambda door, community: community + door.label,
    lambda door, community: door.compound + _spelled(door) + _rest(door, spell=True),
    lambda door, community: door.label.translate(slips.FULL_WIDTH),
    lambda door, community: door.label.translate(slips.TRADITIONAL),
    lambda door, community: re.sub(r"(\d)(?=\D)", r"\1 ", door.label),
    lambda door, community: f"{door.compound} {door.building} {_rest(door)}".strip(),
    _dashes,
)
