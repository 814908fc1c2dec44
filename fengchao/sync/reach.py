"""What of the country a phone may hold: the grids, or the single buildings, where its user records.

Narrower than what the database would show: a data steward of the community who also works a grid carries the grid.
"""

from dataclasses import dataclass
from uuid import UUID

from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission
from fengchao.base.places import Area, union

WIDEST = 1_000_000  # grid codes of one street


@dataclass(frozen=True, slots=True)
class Reach:
    areas: tuple[Area, ...]  # held whole
    buildings: tuple[UUID, ...]  # held in part: only these of `around`
    around: tuple[Area, ...]

    @property
    def lo(self) -> int:
        return min((a.lo for a in self.areas + self.around), default=0)

    @property
    def hi(self) -> int:
        return max((a.hi for a in self.areas + self.around), default=0)

    @property
    def everywhere(self) -> tuple[Area, ...]:
        return union(self.areas + self.around)


def reach_of(actor: Actor) -> Reach:
    """Raises Refused "too_wide" for duties over more than a street: such a register belongs on no phone."""
    grants = [g for g in actor.grants if Permission.RECORD in g.permissions]
    if any(g.area.hi - g.area.lo > WIDEST for g in grants):
        raise Refused("too_wide")
    return Reach(
        areas=union(g.area for g in grants if g.building is None),
        buildings=tuple(sorted({g.building for g in grants if g.building})),
        around=union(g.area for g in grants if g.building),
    )
