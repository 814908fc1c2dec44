"""Points find their grid."""

import numpy as np
from shapely.geometry import Polygon, box

from fengchao.engines.geometry import Locator
from fengchao.engines.geometry.bench import point_to_grid

LEFT, RIGHT = 350181005004001, 350181005004002


def test_a_point_is_in_its_grid_or_in_none():
    locator = Locator([LEFT, RIGHT], [box(0, 0, 1, 1), box(1, 0, 2, 1)])
    assert locator.locate([0.5, 1.5, 5], [0.5, 0.5, 0.5]).tolist() == [LEFT, RIGHT, 0]


def test_a_point_on_the_border_has_one_grid_and_always_the_same():
    for order in ([0, 1], [1, 0]):
        codes, shapes = np.array([LEFT, RIGHT])[order], np.array([box(0, 0, 1, 1), box(1, 0, 2, 1)])[order]
        assert Locator(codes, shapes).locate([1.0], [0.5]).tolist() == [LEFT]


def test_a_hole_is_not_inside():
    ring = Polygon(box(0, 0, 3, 3).exterior.coords, [box(1, 1, 2, 2).exterior.coords])
    assert Locator([LEFT], [ring]).locate([1.5, 0.5], [1.5, 0.5]).tolist() == [0, LEFT]


def test_without_boundaries_everything_is_nowhere():
    assert Locator([], []).locate([1.0], [1.0]).tolist() == [0]


def test_the_bench_places_every_point_and_names_its_floor():
    measured = point_to_grid(points=2_000)
    assert measured["value"] > 0 and measured["floor"] > 0
