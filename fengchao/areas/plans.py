"""What a re-gridding is, as data: grids and communities opened, buildings that go over, names, closings.

Splitting, merging, moving, founding and renumbering are not five operations but five plans of one. A plan says where
each building goes; `building` None is whatever else its grid holds, so that a grid that closes is left with nothing.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Self
from uuid import UUID

from fengchao.base.errors import Refused
from fengchao.base.places import Area, community_of

MOST_STEPS = 100_000  # buildings of a city district


@dataclass(frozen=True, slots=True)
class Opening:
    """A grid that begins: its 15-digit number and its name."""

    code: int
    name: str
    kind: str = "base_grid"


@dataclass(frozen=True, slots=True)
class Founding:
    """A community that begins below a street: its 12-digit code, its name, and whether it is still in formation."""

    code: int
    name: str
    forming: bool = True

    @property
    def area(self) -> Area:
        return Area.of(self.code)


@dataclass(frozen=True, slots=True)
class Step:
    building: UUID | None
    was: int
    becomes: int


@dataclass(frozen=True, slots=True)
class Plan:
    openings: tuple[Opening, ...] = ()
    foundings: tuple[Founding, ...] = ()
    names: tuple[tuple[int, str], ...] = ()  # of grids that stay
    steps: tuple[Step, ...] = ()
    closings: tuple[int, ...] = ()

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        return cls(
            openings=tuple(Opening(**o) for o in kept["openings"]),
            foundings=tuple(Founding(**f) for f in kept["foundings"]),
            names=tuple((code, name) for code, name in kept["names"]),
            steps=tuple(Step(UUID(b) if b else None, was, becomes) for b, was, becomes in kept["steps"]),
            closings=tuple(kept["closings"]),
        )

    def kept(self) -> dict[str, Any]:
        """As JSON keeps it; `Plan.of` reads it back."""
        return {
            "openings": [asdict(o) for o in self.openings], "foundings": [asdict(f) for f in self.foundings],
            "names": [list(pair) for pair in self.names], "closings": list(self.closings),
            "steps": [[str(s.building) if s.building else None, s.was, s.becomes] for s in self.steps],
        }

    @property
    def grids(self) -> set[int]:
        """Every grid that is touched, those to come included."""
        return ({o.code for o in self.openings} | {code for code, _ in self.names} | set(self.closings)
                | {s.was for s in self.steps} | {s.becomes for s in self.steps})

    @property
    def area(self) -> Area:
        grids = self.grids | {f.area.lo for f in self.foundings}
        return Area(min(grids), max(grids) + 1)

    @property
    def crosses(self) -> bool:
        """Whether a building leaves its community."""
        return any(community_of(s.was) != community_of(s.becomes) for s in self.steps)

    def check(self) -> None:
        """What can be told from the plan alone. Raises Refused."""
        if not self.grids and not self.foundings:
            raise Refused("regrid_empty")
        if len(self.steps) > MOST_STEPS:
            raise Refused("too_large")
        opened, closed = {o.code for o in self.openings}, set(self.closings)
        twice = [*_twice(s.building for s in self.steps if s.building), *_twice(o.code for o in self.openings),
                 *_twice(s.was for s in self.steps if s.building is None)]
        if twice or any(s.was == s.becomes or s.becomes in closed or s.was in opened for s in self.steps):
            raise Refused("regrid_contradiction")
        emptied = {s.was for s in self.steps if s.building is None}
        if closed & opened or not closed <= emptied or closed & {code for code, _ in self.names}:
            raise Refused("regrid_contradiction")


def _twice(things: Iterable[object]) -> list[object]:
    return [thing for thing, times in Counter(things).items() if times > 1]


def merged(grids: Iterable[int], into: int) -> Plan:
    """All that stands in `grids` goes to `into`, which exists; they close."""
    gone = tuple(grid for grid in grids if grid != into)
    return Plan(steps=tuple(Step(None, grid, into) for grid in gone), closings=gone)


def renumbered(grid: int, opening: Opening) -> Plan:
    return Plan(openings=(opening,), steps=(Step(None, grid, opening.code),), closings=(grid,))


def founded(founding: Founding, grids: Iterable[tuple[int, Opening]]) -> Plan:
    """A community of existing grids, each whole and under a number of the new community."""
    pairs = list(grids)
    return Plan(foundings=(founding,), openings=tuple(o for _, o in pairs),
                steps=tuple(Step(None, grid, o.code) for grid, o in pairs), closings=tuple(g for g, _ in pairs))


@dataclass(frozen=True, slots=True)
class Wish:
    """One building and the grid it shall be in, as somebody wrote it: a number of 15 digits or of up to three, or
    the name of a grid of its community, there already or to come."""

    building: UUID
    now: int
    wanted: str


def arranged(wishes: Iterable[Wish], names: dict[int, str], free: dict[int, int], *,
             close_empty: bool = True) -> Plan:
    """The plan that brings every building where it is wanted.

    `names`: the grids in force of the communities concerned; `free`: for each community the first number never given.
    With `close_empty` a grid of which every building in `wishes` goes away must be all of it: it closes, and what has
    no building goes where most of its buildings went.
    """
    desk = _Desk(dict(names), dict(free))
    steps = []
    staying: set[int] = set()
    for wish in wishes:
        target = desk.grid(wish.wanted, community_of(wish.now))
        if target == wish.now:
            staying.add(wish.now)
        else:
            steps.append(Step(wish.building, wish.now, target))
    closing = sorted({s.was for s in steps} - staying - {s.becomes for s in steps}) if close_empty else []
    flow = Counter((s.was, s.becomes) for s in steps)
    heirs = {grid: max((n, -to) for (was, to), n in flow.items() if was == grid) for grid in closing}
    steps += [Step(None, grid, -heir) for grid, (_, heir) in heirs.items()]
    return Plan(openings=tuple(desk.opened), steps=tuple(steps), closings=tuple(closing))


class _Desk:
    """Finds the grid that is meant, and gives new ones their number."""

    def __init__(self, names: dict[int, str], free: dict[int, int]) -> None:
        self.free = free
        self.codes = set(names)
        self.by_name = {(community_of(code), name): code for code, name in names.items()}
        self.opened: list[Opening] = []

    def grid(self, wanted: str, community: int) -> int:
        wanted = " ".join(wanted.split())
        if wanted.isdecimal() and len(wanted) in (1, 2, 3, 15):
            code = int(wanted) if len(wanted) == 15 else community * 1000 + int(wanted)
            return code if code in self.codes else self._open(code, f"第{code % 1000}网格")
        if not wanted:
            raise Refused("regrid_target_needed")
        known = self.by_name.get((community, wanted))
        return known if known is not None else self._open(0, wanted, community)

    def _open(self, code: int, name: str, community: int = 0) -> int:
        if not code:
            code = self.free[community]
            while code in self.codes:
                code += 1
        self.codes.add(code)
        self.by_name[community_of(code), name] = code
        self.opened.append(Opening(code, name))
        return code
