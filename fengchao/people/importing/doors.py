"""Which door the household cells of a row mean: from separate columns, from one address, or from both."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from fengchao.engines.address.door import floor_number, floor_of_room, plain
from fengchao.engines.address.text import arabic, fold
from fengchao.sheets.cells import Flaw

Parse = Callable[[str], Mapping[str, str]]  # an address -> its parts

CELLS = ("grid", "compound", "road", "house_number", "building", "entrance", "floor", "room", "address")
PARTS = frozenset(("road", "house_number", "compound", "building", "entrance", "floor", "room"))
_JOINED = re.compile(r"(?:([0-9A-Z]+)-)?([0-9A-Z]+)-([0-9A-Z]{2,5})")  # 3-2-502, 2-502
_MORE_THAN_BUILDING = re.compile("单元|[0-9]+室|[0-9]+-[0-9]+-[0-9]+")
_BARE = re.compile(r"[0-9]{1,4}(-[0-9]{1,3})?")
_HIGHEST = 200


class Door(NamedTuple):
    """A door in the words the register uses: 三号楼 and 3栋 are both number 3. `grid` as written in the file."""

    compound: str
    road: str
    house_number: str
    number: str
    name: str
    entrance: str
    floor: int
    room: str
    grid: str


def read_door(cells: Mapping[str, str], parse: Parse) -> Door | Flaw | None:
    """None when the cells say nothing at all about a door."""
    said = {part: _tight(words) for part, words in cells.items() if part in PARTS}
    if _MORE_THAN_BUILDING.search(said.get("building", "")):
        said = _from_address(parse(said.pop("building"))) | said
    if written := cells.get("address"):
        said = _from_address(parse(written)) | said
    if not said:
        return Flaw("address_no_door") if "address" in cells else None
    house, building, entrance, room = _numbers(said)
    if not building and not house:
        return Flaw("address_no_door" if "address" in cells else "building_missing")
    if len(room) > 20 or len(entrance) > 10 or len(building) > 30:
        return Flaw("address_no_door")
    return Door(
        said.get("compound", ""), said.get("road", ""), f"{house}号" if house else "", building or house,
        _name(said.get("building", ""), building) if building else f"{house}号", entrance,
        _floor(said.get("floor", ""), room), room, cells.get("grid", ""),
    )  # fmt: skip


def _from_address(parts: Mapping[str, str]) -> dict[str, str]:
    parts = dict(parts)
    if not parts.keys() & {"building", "number"} and _BARE.fullmatch(parts.get("rest", "")):
        parts["building"] = parts["rest"]  # 中洋村19: all that is left is the number on the wall
    named = ((("house_number" if part == "number" else part), words) for part, words in parts.items())
    return {part: _tight(words) for part, words in named if part in PARTS}


# Doors are hundreds of thousands, the words that name their parts a few thousand.
@lru_cache(maxsize=50_000)
def _tight(words: str) -> str:
    return "".join(fold(words).split())


@lru_cache(maxsize=50_000)
def _plain(words: str) -> str:
    return plain(words) if words else ""


def _numbers(said: Mapping[str, str]) -> tuple[str, str, str, str]:
    """(house, building, entrance, room). A room written 3-2-502 says what its neighbours leave out."""
    house, building, entrance, room = (
        _plain(said.get(part, "")) for part in ("house_number", "building", "entrance", "room")
    )
    joined = _JOINED.fullmatch(room)
    if joined and not (building and entrance):
        return house, building or joined[1] or "", entrance or joined[2], joined[3]
    return house, building, entrance, room


@lru_cache(maxsize=50_000)
def _name(written: str, number: str) -> str:
    """The word people use for the building is kept; a bare number gets the usual one."""
    spelled = arabic(written)
    return f"{number}号楼" if not spelled or spelled.isascii() else spelled


@lru_cache(maxsize=50_000)
def _floor(written: str, room: str) -> int:
    """As written, else what the room's digits imply; 0 when neither tells."""
    floor = floor_number(written) if written else floor_of_room(room)
    return floor if floor is not None and abs(floor) <= _HIGHEST else 0
