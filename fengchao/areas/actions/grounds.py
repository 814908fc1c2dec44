"""Where what was given for a place is after a re-gridding: whoever holds something for an area asks here.

A place of the tree is what it is, and besides it what was founded out of it meanwhile. Grids, and overlays, keep to
the same doors. And a place to which a newer register of the nation gave another number is that place still; one that
was merged is the grids it had: what was given for it has nothing to do with the rest of the larger one.
"""

from collections.abc import Callable, Iterable, Mapping

from fengchao.base.places import Area

from ..models import Regridding
from ..national.standing import Shift
from .national_moves import shifts_of
from .overlays import on_its_ground


def followed(regridding: Regridding) -> Callable[[Area], tuple[Area, ...]]:
    """For an area as it was, its ranges now; none where nothing of it is left."""
    shifted = renumbered(shifts_of(regridding))
    return lambda area: shifted.get(area) or on_its_ground(area.parts, regridding)


def renumbered(shifts: Iterable[Shift]) -> Mapping[Area, tuple[Area, ...]]:
    return {shift.was: (shift.becomes,) if shift.whole or not shift.grids
            else tuple(Area(to, to + 1) for _, to in sorted(shift.grids, key=lambda pair: pair[1])) for shift in shifts}
