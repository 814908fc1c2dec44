"""What of the country a phone may hold: the grids, or the single buildings, where its user records.

Narrower than what the database would show: a data steward of the community who also works a grid carries the grid.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.db.models import Q

from fengchao.areas.models import Grid
from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission
from fengchao.base.places import Area, minus, union

LONGEST = 1_500  # characters: some forty grids that do not touch each other
WIDEST = 1_000_000  # grid codes of one street


@dataclass(frozen=True, slots=True)
class Reach:
    areas: tuple[Area, ...]  # held whole
    buildings: tuple[UUID, ...]  # held in part: only these of `around`
    around: tuple[Area, ...]

    def __str__(self) -> str:
        """As a cursor keeps it, so that the next pull can tell what came and what went."""
        text = "|".join((spelled(self.areas), spelled(self.around), ",".join(map(str, self.buildings))))
        return text if len(text) <= LONGEST else sha256(text.encode()).hexdigest()

    @classmethod
    def parse(cls, text: str) -> "Reach | None":
        """None for one that was too long to keep whole, or was never ours."""
        try:
            areas, around, buildings = text.split("|")
            return cls(_read(areas), tuple(UUID(b) for b in buildings.split(",") if b), _read(around))
        except ValueError:
            return None

    def only(self, text: str) -> tuple[Area, ...]:
        """Of areas as a cursor spelled them, those that are inside: a cursor comes from outside."""
        try:
            return tuple(a for a in _read(text) if any(mine.covers(a) for mine in self.everywhere))
        except ValueError:
            return ()

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


@dataclass(frozen=True, slots=True)
class Change:
    """`came`: areas to read whole. `left`: grids that have ended since, so that their tombstones tell all."""

    came: tuple[Area, ...]
    left: tuple[int, ...]


def since_then(text: str, now: Reach) -> Change | None:
    """From a reach as a cursor kept it to this one. None where the difference cannot be told by tombstones: a duty
    ended over a grid that goes on, or other buildings were given; the phone then reads everything anew."""
    if text == str(now):
        return Change((), ())
    was = Reach.parse(text)
    if was is None or was.buildings != now.buildings:
        return None
    gone = minus(was.everywhere, now.everywhere)
    inside = Q(pk__in=[])
    for area in gone:
        inside |= Q(code__gte=area.lo, code__lt=area.hi)
    known = dict(Grid.objects.filter(inside).values_list("code", "until")) if gone else {}
    on = any(until is None or until >= clock.today() for until in known.values())
    if on or not all(any(code in area for code in known) for area in gone):
        return None
    came = (*minus(now.areas, was.areas), *minus(now.around, was.around))
    return Change(union(came), tuple(sorted(known)))


def spelled(areas: Iterable[Area]) -> str:
    return ",".join(f"{area.lo}+{area.hi - area.lo}" for area in areas)


def _read(text: str) -> tuple[Area, ...]:
    pairs = [part.split("+") for part in text.split(",") if part]
    return tuple(Area(int(lo), int(lo) + int(size)) for lo, size in pairs)
