"""Codes become ranges and ranges become codes, at every level."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengchao.base.places import Area, codes, common, community_of, ground, union


def test_a_code_of_every_length_is_the_range_of_the_grids_below_it():
    assert Area.of(350206) == Area(350206000000000, 350207000000000)
    assert Area.of("350181005004") == Area(350181005004000, 350181005005000)
    assert Area.of(350181005004001).hi - Area.of(350181005004001).lo == 1


@pytest.mark.parametrize("code", ["", "3", "35020", "3502060", "1" * 16, "三五", "-35"])
def test_a_number_that_names_no_level_is_not_a_place(code: str):
    with pytest.raises(ValueError, match="not a division"):
        Area.of(code)


def test_an_area_knows_its_code_and_an_overlay_has_none():
    assert Area.of(350206).code == 350206
    assert Area(350206000000000, 350206000000007).code is None


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=8), st.integers(0, 90))
def test_a_union_holds_exactly_the_grids_of_its_parts(pairs: list[tuple[int, int]], grid: int):
    areas = [Area(lo, lo + size) for lo, size in pairs]
    merged = union(areas)
    assert any(grid in a for a in areas) == any(grid in a for a in merged)
    assert all(a.hi < b.lo for a, b in zip(merged, merged[1:], strict=False))


def test_a_grid_lies_in_its_community():
    assert community_of(350181005004017) == 350181005004


APART = (Area.of(350181005001001), Area.of(350181005004), Area.of(350181005005))


def test_a_place_of_several_ranges_holds_those_and_nothing_between_them():
    place = ground(APART)
    assert (place.lo, place.hi) == (350181005001001, 350181005006000)
    assert 350181005001001 in place and 350181005005999 in place
    assert 350181005001002 not in place and 350181005003000 not in place
    assert place.code is None and place.grids == 2001
    assert place.covers(Area.of(350181005004)) and not place.covers(Area.of(350181005))
    assert Area.of(350181005).covers(place)
    assert place.meets(Area.of(350181005)) and not place.meets(Area.of(350181005002))


def test_one_range_is_an_ordinary_place():
    assert ground([Area.of(350181005004)]) == Area.of(350181005004)
    assert ground([Area(1, 3), Area(3, 5)]).parts == (Area(1, 5),)


def test_a_range_is_written_as_the_fewest_codes():
    assert [code for part in ground(APART).parts for code in codes(part)] == [350181005001001, 350181005004,
                                                                              350181005005]
    assert codes(Area(350181005004001, 350181005004004)) == [350181005004001, 350181005004002, 350181005004003]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=6),
       st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=6), st.integers(0, 90))
def test_what_two_places_have_in_common_is_in_both(ones: list, others: list, grid: int):
    one, other = ([Area(lo, lo + size) for lo, size in pairs] for pairs in (ones, others))
    both = any(grid in a for a in one) and any(grid in a for a in other)
    assert any(grid in a for a in common(one, other)) == both
