import pytest

from fengchao.engines.address import (
    DoorKey,
    OwnNames,
    door_of,
    each_building,
    floor_number,
    floor_of_room,
    parse,
    parse_many,
    with_floor,
)
from fengchao.engines.address.tests.places import small_country

HONGQIAO = 350181005004


@pytest.mark.parametrize(
    "written",
    [
        "宏侨花园3号楼2单元502室",
        "宏侨花园三号楼二单元五〇二",
        "宏侨花园３号楼２单元５０２",
        "宏侨花园3栋2单元0502",
        "宏侨花园03幢2梯502房",
        "宏侨花园3-2-502",
        "宏侨花园3#2-502",
        "宏侨花园3#楼2-502",
        "宏侨花园 3 号楼 2 单元 502 室",
        "宏僑花園三號樓二單元五零二",
        "福清市宏路街道宏侨社区宏侨花园3号楼2单元502室",
    ],
)
def test_one_door_has_one_key_however_it_is_written(written):
    assert with_floor(door_of(parse(written, small_country()))) == DoorKey("3", "2", 5, "502")


def test_a_written_floor_is_not_overruled_by_the_room():
    assert with_floor(door_of(parse("3号楼6层502", small_country()))).floor == 6


def test_a_floor_is_inferred_only_when_asked():
    assert door_of(parse("3号楼502", small_country())).floor is None


@pytest.mark.parametrize(
    ("room", "floor"), [("502", 5), ("1203", 12), ("1203A", 12), ("101", 1), ("12", None), ("A12", None), ("", None)]
)
def test_the_floor_that_a_room_implies(room, floor):
    assert floor_of_room(room) == floor


@pytest.mark.parametrize(
    ("written", "floor"),
    [
        ("5层", 5),
        ("五楼", 5),
        ("十二层", 12),
        ("地下二层", -2),
        ("负一楼", -1),
        ("B2层", -2),
        ("底层", 1),
        ("顶层", None),
    ],
)
def test_floors_count_down_below_the_ground(written, floor):
    assert floor_number(written) == floor


@pytest.mark.parametrize(
    ("written", "buildings"),
    [
        ("3-5号楼", ("3", "4", "5")),
        ("1、3号楼", ("1", "3")),
        ("三号楼", ("3",)),
        ("B座", ("B",)),
        ("5-3号楼", ("5-3",)),
        ("1-9999号楼", ("1-9999",)),
        ("", ()),
    ],
)
def test_a_range_of_buildings_is_taken_apart(written, buildings):
    assert each_building(written) == buildings


def test_a_community_gives_what_its_own_list_leaves_out():
    address = parse("宏侨社区3号楼", small_country(), context=350181000000)
    assert (address.code, address.parts) == (HONGQIAO, {"community": "宏侨社区", "building": "3号楼"})


def test_the_communitys_own_names_win_over_the_grammar():
    own = OwnNames(compounds=("路口新城",), buildings=("老年大学",), places={"并四": 140106005010})
    country = small_country().with_own(own)
    assert parse("路口新城老年大学502", country).parts == {
        "compound": "路口新城",
        "building": "老年大学",
        "room": "502",
    }
    assert parse("并四3号楼", country).code == 140106005010
    assert parse("路口新城3号楼", small_country()).parts != parse("路口新城3号楼", country).parts


def test_many_addresses_keep_their_order():
    written = ["3号楼", "", "5栋502"]
    assert [address.text for address in parse_many(written, small_country())] == written


def test_spans_point_into_the_text_as_it_was_written():
    written = "宏僑花園　３號樓，五〇二室"
    address = parse(written, small_country())
    assert {part: written[start:end] for part, start, end in address.spans} == {
        "compound": "宏僑花園",
        "building": "３號樓",
        "room": "五〇二室",
    }
