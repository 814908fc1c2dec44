"""The made-up community is the right size, hangs together, and is nobody's."""

import re
from collections import Counter
from itertools import islice

import pytest
from stdnum.cn import uscc

from fengchao import packs
from fengchao.demo.synthetic import communities, community
from fengchao.demo.synthetic.district import codes_of
from fengchao.demo.synthetic.ground import ground
from fengchao.demo.synthetic.numbers import Serials, check_digit, short_id
from fengchao.engines.geometry import Bounds, check


@pytest.fixture(scope="module")
def hongqiao():
    return community()


def test_the_same_seed_makes_the_same_people():
    assert community(350181005004, 300, seed=5) == community(350181005004, 300, seed=5)
    assert community(350181005004, 300, seed=5) != community(350181005004, 300, seed=6)


def test_hongqiao_has_its_4883_households_and_about_12700_people(hongqiao):
    assert len(hongqiao.households) == 4883
    assert 12_300 < len(hongqiao.people) < 13_100


def test_grids_hold_about_300_doors_and_never_cut_a_building(hongqiao):
    doors = Counter(door.grid for door in hongqiao.dwellings)
    assert hongqiao.grids == [350181005004001 + n for n in range(len(doors))]
    assert all(150 <= count <= 450 for count in doors.values())
    of_building = {building.key: building.grid for building in hongqiao.buildings}
    assert all(of_building[door.building] == door.grid for door in hongqiao.dwellings)


def test_everyone_lives_behind_a_door_of_this_community(hongqiao):
    doors = {door.key: door.grid for door in hongqiao.dwellings}
    homes = {household.key: household for household in hongqiao.households}
    for person in hongqiao.people:
        assert doors[person.dwelling] == person.grid
        assert homes[person.household].dwelling == person.dwelling
    heads = Counter(person.household for person in hongqiao.people if person.relation == "head")
    assert set(heads) == set(homes) and set(heads.values()) == {1}


def test_no_two_doors_are_written_alike(hongqiao):
    labels = Counter(door.label for door in hongqiao.dwellings)
    assert max(labels.values()) == 1


def test_ids_are_right_in_form_and_cannot_be_anybodys(hongqiao):
    numbers = [person.ric for person in hongqiao.people if person.document == "ric"]
    assert len(set(numbers)) == len(numbers)
    for person in hongqiao.people:
        if person.document in ("ric", "permit"):
            assert check_digit(person.ric[:17]) == person.ric[17]
            assert person.ric[6:14] == f"{person.born:%Y%m%d}"
            assert (int(person.ric[16]) % 2 == 1) == (person.sex == "m")
            assert re.match("99|8[123]9999", person.ric)


def test_telephones_lie_in_a_range_never_given_out(hongqiao):
    phones = {one.phone for one in (*hongqiao.people, *hongqiao.premises) if one.phone}
    assert all(re.fullmatch(r"160\d{8}", phone) for phone in phones)


def test_organisation_codes_pass_the_checksum(hongqiao):
    codes = [shop.uscc for shop in hongqiao.premises]
    assert len(set(codes)) == len(codes) and all(uscc.is_valid(code) for code in codes)


def test_communities_of_a_district_share_no_id_and_no_telephone():
    made = list(communities(codes_of(350206), 30_000, seed=2))
    assert 30_000 <= sum(len(one.people) for one in made) < 31_000
    ids = Counter(person.ric for one in made for person in one.people if person.ric)
    phones = [{person.phone for person in one.people if person.phone} for one in made]
    assert max(ids.values()) == 1
    assert len(set().union(*phones)) == sum(map(len, phones))


def test_a_district_without_enough_codes_says_so():
    with pytest.raises(ValueError, match="no codes left"):
        list(communities(islice(codes_of(350206), 1), 100_000))


def test_the_kinds_of_household_a_canvass_meets_are_all_there(hongqiao):
    kinds = {household.kind for household in hongqiao.households}
    assert {"alone_elderly", "mates", "with_lodger", "three_generations", "grandparents"} <= kinds
    assert {"managed", "unmanaged", "urban_village"} == {compound.kind for compound in hongqiao.compounds}
    assert {"shop", "small_premises", "hotel", "factory"} == {shop.kind for shop in hongqiao.premises}
    tags = {tag for person in hongqiao.people for tag in person.tags}
    assert tags == set(packs.base_pack().tags)


def test_ids_of_one_birthday_differ():
    serials, born = Serials(7), community(350181005004, 5).people[0].born
    assert len({serials.ric(born, sex) for sex in "mf" for _ in range(500)}) == 1000


def test_an_old_id_loses_century_and_check_digit():
    assert short_id("990504199612090362") == "990504961209036"


def test_the_ground_of_a_community_is_whole_and_the_same_for_a_seed(hongqiao):
    lie = ground(hongqiao)
    assert ground(hongqiao) == lie and ground(community(seed=2)) != lie
    borders, outlines = list(lie.borders.values()), list(lie.outlines.values())
    assert check(borders, Bounds(1_000, 1e6, 5_000)) == check(outlines, Bounds(20, 3_000, 5_000)) == []
    assert all(lie.borders[one.grid].contains(lie.outlines[one.key]) for one in hongqiao.buildings)


def test_communities_of_a_district_lie_side_by_side():
    borders = [shape for code in islice(codes_of(350206), 12)
               for shape in ground(community(code, 300)).borders.values()]
    assert not [fault for fault in check(borders, Bounds(1_000, 1e7, 1e6)) if fault.code == "overlap"]
