"""Codes become ranges and ranges become codes, at every level."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengchao.base.places import Area, community_of, union


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
