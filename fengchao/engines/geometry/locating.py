"""In whose grid a point lies, a hundred thousand times a second and more."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from fengchao.engines.geometry.shapes import objects

NOWHERE = 0


class Locator:
    """Made once for a set of boundaries, asked with as many points at a time as there are.

    A tree of boxes leaves one or two candidates a point; those are tested exactly, against polygons prepared once.
    """

    def __init__(self, codes: Sequence[int], boundaries: Sequence[BaseGeometry]):
        self._codes = np.asarray(codes, dtype=np.int64)
        self._shapes = objects(boundaries)
        shapely.prepare(self._shapes)
        self._tree = shapely.STRtree(self._shapes)

    def locate(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> npt.NDArray[np.int64]:
        """The code of each point, 0 for those in no boundary. On a border between two, the lower code."""
        x, y = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
        point, shape = self._tree.query(shapely.points(x, y))
        inside = shapely.intersects_xy(self._shapes[shape], x[point], y[point])
        point, codes = point[inside], self._codes[shape[inside]]
        order = np.argsort(-codes, kind="stable")  # the last written stays
        found = np.full(x.shape, NOWHERE, dtype=np.int64)
        found[point[order]] = codes[order]
        return found
