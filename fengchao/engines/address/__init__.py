"""Written addresses of China: taken apart, resolved to divisions, and turned into the keys of doors.

    gazetteer = Gazetteer.of([(350000000000, "福建省"), ...])
    address = parse("福清市宏路街道宏侨社区三号楼二单元五〇二", gazetteer)
    address.parts["room"], address.code, with_floor(door_of(address))

Pure: no files, no settings. `areas.gazetteer` keeps the compiled national register.
"""

from .door import door_of, each_building, floor_number, floor_of_room, with_floor
from .gazetteer import Gazetteer, OwnNames, compile_names
from .model import PARTS, Address, DoorKey, Span
from .parse import LIMIT, parse, parse_many

__all__ = [
    "LIMIT",
    "PARTS",
    "Address",
    "DoorKey",
    "Gazetteer",
    "OwnNames",
    "Span",
    "compile_names",
    "door_of",
    "each_building",
    "floor_number",
    "floor_of_room",
    "parse",
    "parse_many",
    "with_floor",
]
