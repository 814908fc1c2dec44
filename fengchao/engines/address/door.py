"""The same door, however it was written: 三号楼二单元五〇二, 03栋2单元0502室 and 3-2-502 have one key."""

import re
from dataclasses import replace

from .model import Address, DoorKey
from .text import arabic, fold

# The words that say what a number is, wherever they stand: 3号楼 -> 3, 3栋A座 -> 3A, 南楼 -> 南.
_WORDS = re.compile(
    "号?(?:塔|宿舍|公寓|住宅|写字|办公|教学|综合|商业|商住)?楼栋?|号?[幢栋座]|单元|号?梯|号?门|排|号?(?:房间|商铺|店铺|室|房|户|铺|档口?|摊位)|"
    r"号(?:大?院)?|[#\s]"
)
_ZEROS = re.compile("(?<![0-9A-Za-z])0+(?=[0-9])")
_RANGE = re.compile("([0-9]{1,4})[-至]([0-9]{1,4})")
_BASEMENT = re.compile("(?:地下|负|[Bb]|^-)")
_DIGITS = re.compile("[0-9]+")
_LONGEST_RANGE = 200  # 1-9999号楼 is a slip of the pen, not a street


def plain(part: str) -> str:
    """A building, entrance or room without its word, in Arabic digits: 三号楼 -> 3, 0502室 -> 502, b座 -> B."""
    return _ZEROS.sub("", _WORDS.sub("", arabic(fold(part)))).strip("-").upper()


def floor_number(part: str) -> int | None:
    """5层, 五楼 -> 5; 地下二层, 负2楼, B2层 -> -2; 底层 -> 1."""
    written = arabic(fold(part))
    found = _DIGITS.search(written)
    if not found:
        return {"底": 1, "地": -1}.get(written[:1])
    floor = int(found[0][:3])
    return -floor if _BASEMENT.match(written) else floor or None


def floor_of_room(room: str) -> int | None:
    """The floor that a room number implies: 502 -> 5, 1203A -> 12. None when it implies none (12, A12, 11404)."""
    found = re.fullmatch("([0-9]{1,2})[0-9]{2}[A-Z]?", room)
    return (int(found[1]) or None) if found else None


def door_of(address: Address) -> DoorKey:
    """What is written, normalised; nothing is inferred."""
    parts = address.parts
    floor = parts.get("floor")
    return DoorKey(
        building=_plain_or_none(parts.get("building")),
        entrance=_plain_or_none(parts.get("entrance")),
        floor=floor_number(floor) if floor else None,
        room=_plain_or_none(parts.get("room")),
    )


def with_floor(door: DoorKey) -> DoorKey:
    """`door` with the floor that its room implies, if none was written."""
    if door.floor is not None or door.room is None:
        return door
    return replace(door, floor=floor_of_room(door.room))


def each_building(part: str) -> tuple[str, ...]:
    """A list or range of buildings, one by one: 3-5号楼 -> 3 4 5; 1、3幢 -> 1 3; 三号楼 -> 3."""
    found: list[str] = []
    for piece in re.split("[、,及和/.]", plain(part)):
        span = _RANGE.fullmatch(piece)
        first, last = (int(span[1]), int(span[2])) if span else (1, 0)
        if first <= last < first + _LONGEST_RANGE:
            found += map(str, range(first, last + 1))
        elif piece:
            found.append(piece)
    return tuple(found)


def _plain_or_none(part: str | None) -> str | None:
    return plain(part) or None if part else None
