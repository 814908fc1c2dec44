"""Puts a synthetic community into an empty register, table by table with COPY.

Runs as the owner: COPY does not pass through row-level security. One community is one transaction; everything the
actions would have written is written here too (residences, tags, sealed numbers, one line of audit), so that nobody
can tell a loaded person from a registered one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import orjson
from psycopg import Cursor, sql
from shapely.geometry import MultiPolygon

from fengchao.base import crypto
from fengchao.base.ids import uuid7
from fengchao.demo.synthetic import Community
from fengchao.demo.synthetic.ground import ground
from fengchao.engines.geometry import coordinates
from fengchao.people.actions.places import door_label, walk
from fengchao.people.identity import phone_columns, ric_columns
from fengchao.people.names import initials

SOURCE = "模拟数据"
SEX = {"m": 1, "f": 2}
ID_KIND = {"ric": "ric", "permit": "residence_permit", "passport": "passport", "none": "none"}
RELATION = {
    ("head", "m"): "户主", ("head", "f"): "户主", ("spouse", "m"): "丈夫", ("spouse", "f"): "妻子",
    ("child", "m"): "儿子", ("child", "f"): "女儿", ("parent", "m"): "父亲", ("parent", "f"): "母亲",
    ("grandchild", "m"): "孙子", ("grandchild", "f"): "孙女", ("mate", "m"): "合租", ("mate", "f"): "合租",
    ("lodger", "m"): "寄住", ("lodger", "f"): "寄住",
}  # fmt: skip
PREMISES_KIND = {"shop": "shop", "small_premises": "small_premises", "hotel": "hotel", "factory": "enterprise"}
Row = Sequence[object]


class Keys:
    """Row ids of one community: its integer keys become UUIDv7."""

    def __init__(self, made: Community):
        self.building = [uuid7() for _ in range(len(made.buildings) + 1)]
        self.dwelling = [uuid7() for _ in range(len(made.dwellings) + 1)]
        self.household = [uuid7() for _ in range(len(made.households) + 1)]
        self.person = [uuid7() for _ in range(len(made.people) + 1)]
        self.building_of = {door.key: self.building[door.building] for door in made.dwellings}


def load(made: Community, cursor: Cursor) -> None:
    keys = Keys(made)
    for table, columns, rows in TABLES:
        copy(cursor, table, columns, rows(made, keys))


def copy(cursor: Cursor, table: str, columns: str, rows: Iterable[Row]) -> None:
    names = sql.SQL(", ").join(sql.Identifier(name) for name in columns.split())
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with cursor.copy(statement) as stream:
        for row in rows:
            stream.write_row(row)


def _grids(made: Community, keys: Keys) -> Iterator[Row]:
    for nth, code in enumerate(made.grids, 1):
        yield code, f"第{nth}网格", "base_grid"


def _buildings(made: Community, keys: Keys) -> Iterator[Row]:
    compounds = {one.key: one for one in made.compounds}
    for one in made.buildings:
        compound = compounds[one.compound]
        village = compound.kind == "urban_village"
        road, number = ("", "") if village else (compound.road, f"{compound.number}号")
        yield (
            keys.building[one.key], one.grid, compound.name, one.name, one.number, road, number,
            one.entrances, one.floors, one.seq,
        )  # fmt: skip


def _dwellings(made: Community, keys: Keys) -> Iterator[Row]:
    buildings = {one.key: one for one in made.buildings}
    lived_in = {household.dwelling for household in made.households}
    for one in made.dwellings:
        state = "occupied" if one.key in lived_in else "unknown"
        yield (
            keys.dwelling[one.key], one.grid, keys.building[one.building], one.entrance, one.floor, one.room,
            door_label(buildings[one.building], one.entrance, one.room),
            walk(one.entrance, one.floor, one.room), state,
        )  # fmt: skip


def _households(made: Community, keys: Keys) -> Iterator[Row]:
    nth: dict[int, int] = {}
    for one in made.households:
        nth[one.dwelling] = nth.get(one.dwelling, 0) + 1
        number = "" if nth[one.dwelling] == 1 else str(nth[one.dwelling])
        yield keys.household[one.key], one.grid, keys.building_of[one.dwelling], keys.dwelling[one.dwelling], number


def _people(made: Community, keys: Keys) -> Iterator[Row]:
    for one in made.people:
        yield (
            keys.person[one.key], one.grid, keys.building_of[one.dwelling], keys.dwelling[one.dwelling],
            keys.household[one.household], one.name, initials(one.name), SEX[one.sex], one.born,
            ID_KIND[one.document], *ric_columns(one.ric).values(), *phone_columns(one.phone).values(),
            RELATION[one.relation, one.sex], one.tenure, one.presence, "", one.origin, "", SOURCE, None,
        )  # fmt: skip


def _residences(made: Community, keys: Keys) -> Iterator[Row]:
    for one in made.people:
        yield (
            uuid7(), one.grid, keys.building_of[one.dwelling], keys.dwelling[one.dwelling],
            keys.person[one.key], one.tenure, one.since,
        )  # fmt: skip


def _tags(made: Community, keys: Keys) -> Iterator[Row]:
    for one in made.people:
        for code in one.tags:
            yield uuid7(), one.grid, keys.building_of[one.dwelling], keys.person[one.key], code, SOURCE


def _premises(made: Community, keys: Keys) -> Iterator[Row]:
    for one in made.premises:
        yield (
            uuid7(), one.grid, keys.building[one.building], one.name, PREMISES_KIND[one.kind], one.uscc, "",
            one.contact, crypto.seal(one.phone), one.staff, one.key,
        )  # fmt: skip


def _borders(made: Community, keys: Keys) -> Iterator[Row]:
    for code, shape in ground(made).borders.items():
        yield uuid7(), code, code, code + 1, *_drawn(shape)


def _outlines(made: Community, keys: Keys) -> Iterator[Row]:
    grids = {one.key: one.grid for one in made.buildings}
    for key, shape in ground(made).outlines.items():
        yield uuid7(), grids[key], keys.building[key], *_drawn(shape)


def _drawn(shape: MultiPolygon) -> Row:
    return orjson.dumps(coordinates(shape)).decode(), *shape.bounds


TABLES: tuple[tuple[str, str, Callable[[Community, Keys], Iterator[Row]]], ...] = (
    ("areas_grid", "code name kind", _grids),
    (
        "people_building",
        "id grid compound name number road house_number entrances floors seq",
        _buildings,
    ),
    ("people_dwelling", "id grid building_id entrance floor room label walk state", _dwellings),
    ("people_household", "id grid building_id dwelling_id number", _households),
    (
        "people_person",
        "id grid building_id dwelling_id household_id name initials sex born id_kind ric_sealed ric_blind ric_tail"
        " phone_sealed phone_blind phone_tail relation basis presence workplace hukou remark source confirmed",
        _people,
    ),
    ("people_residence", "id grid building_id dwelling_id person_id basis since", _residences),
    ("people_caretag", "id grid building_id person_id code source", _tags),
    (
        "people_premises",
        "id grid building_id name kind uscc address contact phone_sealed staff walk",
        _premises,
    ),
    ("maps_boundary", "id grid lo hi parts west south east north", _borders),
    ("maps_outline", "id grid building_id parts west south east north", _outlines),
)
