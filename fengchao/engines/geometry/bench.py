"""How many points a second find their grid, in a district of 456 grids with winding borders."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import shapely

from fengchao.engines.geometry.locating import Locator

TARGET = 100_000
GRIDS = 456
CORNERS = 200  # of each boundary: a border along a stream, not a rectangle


def point_to_grid(points: int = 200_000, seed: int = 1) -> dict[str, float]:
    """Points a second. The floor tests each point against the right boundary alone, which no index can know."""
    rng = np.random.default_rng(seed)
    boundaries = district(rng)
    locator = Locator(range(1, len(boundaries) + 1), list(boundaries))
    west, south, east, north = shapely.total_bounds(boundaries)
    lon, lat = rng.uniform(west, east, points), rng.uniform(south, north, points)
    locator.locate(lon[:1000], lat[:1000])  # the tree is built at its first question
    took, found = _timed(lambda: locator.locate(lon, lat))
    if (found == 0).mean() > 0.1:
        raise AssertionError("points fall between the grids")
    right = boundaries[np.maximum(found, 1) - 1]
    shapely.prepare(right)
    floor, _ = _timed(lambda: shapely.intersects_xy(right, lon, lat))
    return {"value": points / took, "floor": points / floor}


def district(rng: np.random.Generator) -> np.ndarray:
    """Cells whose borders wind, laid side by side."""
    across = int(np.ceil(np.sqrt(GRIDS)))
    turn = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    shapes = []
    for nth in range(GRIDS):
        wave = 0.5 + 0.02 * np.sin(turn[None, :] * rng.integers(5, 15)).ravel()
        square = np.maximum(np.abs(np.cos(turn)), np.abs(np.sin(turn)))
        x, y = nth % across + wave * np.cos(turn) / square, nth // across + wave * np.sin(turn) / square
        shapes.append(shapely.Polygon(np.column_stack([119.3 + x * 0.005, 25.7 + y * 0.005])))
    return np.array(shapes, dtype=object)


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    best, answer = float("inf"), None
    for _ in range(3):
        began = time.perf_counter()
        answer = work()
        best = min(best, time.perf_counter() - began)
    return best, answer
