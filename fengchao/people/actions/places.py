"""Buildings and doors enter the register."""

from uuid import UUID

import orjson
from django.db import IntegrityError, transaction

from fengchao.areas.models import Grid
from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.audit import write_one
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission
from fengchao.base.sql import run, uuid_array

from ..models import Building, Dwelling


def add_building(*, by: Actor, grid: int, name: str, compound: str = "", number: str = "", road: str = "",
                 house_number: str = "", entrances: int = 1, floors: int = 1, seq: int = 0) -> Building:
    by.require(Permission.EDIT_REGISTER, grid)
    require_open(grid)
    try:
        with transaction.atomic():
            building = Building.objects.create(
                grid=grid, name=name, compound=compound, number=number, road=road, house_number=house_number,
                entrances=entrances, floors=floors, seq=seq,
            )
    except IntegrityError as error:
        raise Refused("building_exists") from error
    write_one("add_building", building.id, by=by, grid=grid)
    return building


def require_open(grid: int) -> None:
    """Nothing new comes into a grid that has ended. Raises Refused "place_closed"."""
    if Grid.objects.filter(code=grid, until__lt=clock.today()).exists():
        raise Refused("place_closed", name=str(grid))


def add_dwelling(*, by: Actor, building: Building, room: str, entrance: str = "", floor: int = 0,
                 label: str = "") -> Dwelling:
    by.require(Permission.EDIT_REGISTER, building.grid)
    try:
        with transaction.atomic():
            dwelling = Dwelling.objects.create(
                grid=building.grid, building=building, entrance=entrance, floor=floor, room=room,
                label=label or door_label(building, entrance, room), walk=walk(entrance, floor, room),
            )
    except IntegrityError as error:
        raise Refused("dwelling_exists") from error
    write_one("add_dwelling", dwelling.id, by=by, grid=building.grid)
    return dwelling


def door_label(building: Building, entrance: str, room: str) -> str:
    return f"{building.name}{entrance + '单元' if entrance else ''}{room}"


def walk(entrance: str, floor: int, room: str) -> int:
    """The place of a door in the way a person walks: entrances in order, each from the top floor down, then rooms.

    Fits 31 bits: entrance 0-199, floor -56..199, room order 0-9999.
    """
    way = _digits(entrance) % 200
    height = 199 - max(-56, min(199, floor))
    return (way * 256 + height) * 10_000 + _digits(room) % 10_000


def _digits(text: str) -> int:
    digits = "".join(c for c in text if c.isdecimal())
    return int(digits[-6:]) if digits else sum(map(ord, text)) % 100


VISIT = "visit"  # the source of what was seen at the door itself

# Once a day at most: a door that is as it was must not travel to every phone again with each record.
SET_STATES = """UPDATE people_dwelling d SET state = s.value, source = %s, confirmed = %s
FROM json_each_text(%s::json) AS s WHERE d.id = ANY (%s::uuid[]) AND d.id = s.key::uuid
 AND (d.state <> s.value OR d.confirmed IS DISTINCT FROM %s)"""


def set_dwelling_states(*, by: Actor, states: dict[UUID, str]) -> int:
    """What was seen at each door. The record that says so is the audit of it; the policy keeps it inside the scope."""
    for state in set(states.values()):
        Dwelling.State(state)
    document = orjson.dumps({str(id_): state for id_, state in states.items()}).decode()
    today = clock.today()
    return run(SET_STATES, [VISIT, today, document, uuid_array(states), today]).rowcount
