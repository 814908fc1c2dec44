"""Datums against worked examples that others publish, and there and back."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fengchao.engines.geometry import Datum, from_wgs84, to_wgs84

TIANANMEN = np.array([[116.404, 39.915]])
in_china = st.tuples(st.floats(75, 134), st.floats(5, 53))


def test_the_examples_that_coordtransform_publishes():
    assert from_wgs84(TIANANMEN, Datum.GCJ02)[0] == pytest.approx([116.41024449916938, 39.91640428150164], abs=1e-9)
    baidu = from_wgs84(to_wgs84(TIANANMEN, Datum.GCJ02), Datum.BD09)  # GCJ-02 to BD-09
    assert baidu[0] == pytest.approx([116.41036949371029, 39.92133699351021], abs=1e-9)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(in_china)
def test_there_and_back_is_the_same_point_to_a_millimetre(place):
    point = np.array([place])
    for datum in Datum:
        assert to_wgs84(from_wgs84(point, datum), datum) == pytest.approx(point, abs=1e-8)


def test_a_shifted_datum_moves_a_point_by_hundreds_of_metres():
    for datum, least, most in ((Datum.GCJ02, 300, 900), (Datum.BD09, 500, 2500)):
        moved = (from_wgs84(TIANANMEN, datum) - TIANANMEN)[0] * [111_320 * np.cos(np.radians(39.9)), 111_320]
        assert least < np.hypot(*moved) < most


def test_outside_china_nothing_is_shifted():
    paris = np.array([[2.35, 48.86]])
    assert (to_wgs84(paris, Datum.GCJ02) == paris).all()
