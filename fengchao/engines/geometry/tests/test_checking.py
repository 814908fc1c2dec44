"""Outlines that may not stand are named with the reason and the place to look."""

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import box

from fengchao.engines.geometry import Bounds, Piled, check, coordinates, polygon

GRIDS = Bounds(least=100, most=20e6, reach=20_000)
SOUTH, WEST, STEP = 25.7, 119.3, 0.004  # a square of about 400 m


def square(east: float = 0, north: float = 0, size: float = STEP):
    x, y = WEST + east * STEP, SOUTH + north * STEP
    return polygon([[[[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]]])


def codes(outlines, **more):
    return [(fault.which, fault.code) for fault in check(outlines, GRIDS, **more)]


def test_neighbours_that_share_a_border_may_stand():
    assert codes([square(0), square(1), square(0, 1), square(1, 1)]) == []


def test_a_border_drawn_a_little_differently_by_two_people_may_stand():
    assert codes([square(0), square(0.99)]) == []


def test_two_outlines_of_the_same_ground_are_both_named_with_the_place_and_the_size():
    faults = check([square(0), square(0.5), square(3)], GRIDS)
    assert [(f.which, f.code, f.other) for f in faults] == [(0, "overlap", 1), (1, "overlap", 0)]
    assert faults[0].amount == pytest.approx(201 * 445, rel=0.02)
    assert box(*square(0).intersection(square(0.5)).bounds).contains(box(*faults[0].at, *faults[0].at).centroid)


def test_ground_that_belongs_to_somebody_already_is_theirs():
    faults = check([square(0)], GRIDS, standing=[square(5), square(0.5)])
    assert [(f.which, f.code, f.other) for f in faults] == [(0, "overlap", 2)]


@pytest.fixture
def cut(monkeypatch) -> list[int]:
    """How many pairs of outlines were cut with each other, call by call."""
    calls, really = [], shapely.intersection

    def intersection(one, other, **more):
        calls.append(np.size(one))
        return really(one, other, **more)

    monkeypatch.setattr(shapely, "intersection", intersection)
    return calls


def test_a_pile_of_outlines_is_refused_before_any_two_are_cut(cut):
    with pytest.raises(Piled):
        check([square()] * 1_000, GRIDS)
    assert cut == []


def test_outlines_are_cut_with_their_neighbours_only(cut):
    assert check([square(east, north) for east in range(30) for north in range(30)], GRIDS) == []
    assert sum(cut) < 4 * 900


def test_one_outline_may_be_held_against_all_that_stands(cut):
    assert len(check([square(0, 0, STEP * 20)], GRIDS, standing=[square(n % 20, n // 20) for n in range(400)])) > 300


def test_without_a_share_outlines_are_not_held_against_each_other(cut):
    assert check([square()] * 1_000, Bounds(least=100, most=20e6, reach=20_000, overlap=None)) == []
    assert cut == []


def test_an_outline_that_crosses_itself_is_shown_where_it_does():
    bow = polygon([[[[119.3, 25.7], [119.304, 25.704], [119.304, 25.7], [119.3, 25.704], [119.3, 25.7]]]])
    (fault,) = check([bow], GRIDS)
    assert fault.code == "self_crossing" and fault.at == pytest.approx((119.302, 25.702))


def test_one_outline_far_from_the_others_is_the_one_that_is_wrong():
    assert codes([square(0), square(1), square(2), square(300)]) == [(3, "far_away")]


def test_an_outline_far_from_where_it_belongs_is_wrong_even_alone():
    assert codes([square(0)], centre=(121.4, 31.2)) == [(0, "far_away")]


def test_longitude_and_latitude_in_the_wrong_order_are_told_from_another_country():
    turned = polygon([[[[25.7, 119.3], [25.71, 119.3], [25.71, 119.31], [25.7, 119.3]]]])
    paris = polygon([[[[2.3, 48.8], [2.4, 48.8], [2.4, 48.9], [2.3, 48.8]]]])
    projected = polygon([[[[500000, 2843000], [500400, 2843000], [500400, 2843400], [500000, 2843000]]]])
    assert codes([turned, paris, projected]) == [(0, "swapped"), (1, "outside_china"), (2, "outside_china")]
    assert [fault.at for fault in check([turned, paris, projected], GRIDS)] == [
        pytest.approx((119.305, 25.705)), pytest.approx((2.35, 48.85)), None]


def test_specks_and_half_provinces_are_no_grids():
    assert codes([square(0), square(10, 0, 0.00001), square(20, 0, 0.1)]) == [(1, "too_small"), (2, "too_large")]


def test_what_is_no_area_is_said_to_be_none():
    assert polygon([[[[119.3, 25.7], [119.4, 25.8]]]]) is None
    assert codes([None, square()]) == [(0, "no_area")]


def test_coordinates_go_out_as_they_came_in():
    assert polygon(coordinates(square())).equals(square())


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.floats(-200, 200), st.floats(-100, 100)), min_size=0, max_size=8))
def test_whatever_the_corners_are_they_are_judged_and_nothing_breaks(corners):
    shape = polygon([[[list(corner) for corner in corners]]])
    assert all(fault.which == 0 for fault in check([shape], GRIDS))
