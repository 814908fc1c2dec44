"""What grids are designed from, and what a proposal says."""

from dataclasses import dataclass, field

Point = tuple[float, float]  # metres east and north of anywhere: a plane, not degrees
Line = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Building:
    """A building as the designer sees it. `compound` names an indivisible set; "" is a building on its own.

    `loads` has one number a column of `Brief.weights`. `grid` is the grid it belongs to today. A `point` or an
    `outline` may be missing: such a building is next to its neighbours in the order given, the walking order.
    """

    key: str
    households: int = 0
    loads: tuple[float, ...] = ()
    compound: str = ""
    grid: int | None = None
    point: Point | None = None
    outline: Line = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """What is asked for. The load of a building is the sum of its columns, each times its weight.

    `tolerance` is a share of the equal load (0.1: within 10 %). `reach` is how many metres two neighbouring buildings
    may lie apart; `barriers` are lines nobody walks across (rivers, railways, walls); `ways` are pairs of keys that
    people walk between all the same (bridges, underpasses). `steps` bounds the work of one proposal and makes it
    repeatable; `seconds` is the time all of them may take together on a machine that is slower than foreseen.
    """

    grids: int
    weights: tuple[float, ...] = (1.0,)
    tolerance: float = 0.1
    reach: float = 300.0
    barriers: tuple[Line, ...] = ()
    ways: tuple[tuple[str, str], ...] = ()
    steps: int = 250_000
    seconds: float = 30.0

    def __post_init__(self) -> None:
        if self.grids < 1 or not 0 < self.tolerance < 1 or any(weight < 0 for weight in self.weights):
            raise ValueError("a brief needs at least one grid, a tolerance between 0 and 1 and no negative weight")


@dataclass(frozen=True, slots=True)
class Remark:
    """What cannot hold, as a code: the reader's language is not known here.

    no_buildings · no_load (all loads are zero: every building counts as one) · too_many (grids asked for, sets there
    are) · too_heavy (a key of the set, its buildings, percent of an equal share) · apart (two keys in one grid that no
    way joins, metres) · uneven (percent that the worst grid is off) · wedged (of a set that can be in no grid within
    the tolerance: a key, its buildings, percent) · out_of_time
    """

    code: str
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProposedGrid:
    """`keeps` is the grid of today it continues, None for a new one. `off` is its load against the equal share
    (0.04: 4 % more). `proof` joins all its buildings, as pairs of places in the list of buildings, by the fewest metres
    of walking between neighbours; `walk` is its length, None where positions are missing."""

    keeps: int | None
    buildings: int
    households: int
    arriving: int  # households that come from another grid
    loads: tuple[float, ...]
    load: float
    off: float
    walk: float | None
    proof: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """`grid_of[i]` is the place in `grids` of the building `buildings[i]`; `aims` are those it serves best of all.

    `off` is the largest deviation, `usual` the average one, `beyond` how many grids are off by more than the tolerance
    (a set too heavy is a grid of its own and not counted, the others are held against what they share), `moved` the
    households that change grid, `cut` the pairs of neighbouring buildings that a border separates: fewer means rounder
    grids.
    """

    aims: tuple[str, ...]
    grid_of: tuple[int, ...]
    grids: tuple[ProposedGrid, ...]
    remarks: tuple[Remark, ...]
    off: float
    usual: float
    beyond: int
    moved: int
    cut: int
    walk: float | None
    contiguous: bool
    within: bool
