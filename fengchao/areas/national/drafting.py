"""The plans that bring what stands on old codes to the new ones: one for everything that must go together."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from fengchao.base.places import Area, community_of

from ..drafting import ever
from ..finding import core
from ..models import DIGITS_OF, Difference, Division, Grid
from ..plans import Founding, Opening, Plan, Step
from ..queries import grids
from .guessing import Key, up
from .standing import Shift


@dataclass(frozen=True, slots=True)
class Group:
    """Differences that go together, the widest first: a county with everything below, or several into one."""

    rows: tuple[Difference, ...]

    @property
    def title(self) -> str:
        first, more = self.rows[0], len(self.rows) - 1
        said = f"{first.name} {written(first.level, first.code)} → {written(first.level, first.becomes or 0)}"
        return f"{said} +{more}"[:80] if more else said[:80]

    @property
    def communities(self) -> list[Difference]:
        return [row for row in self.rows if row.level == Division.Level.COMMUNITY]


def written(level: int, code: int) -> int:
    """A code as long as its level."""
    return code // 10 ** (12 - DIGITS_OF[level])


def area_at(level: int, code: int) -> Area:
    return Area.of(written(level, code))


def moving(row: Difference) -> bool:
    return bool(row.becomes) and row.becomes != row.code


def groups(rows: Iterable[Difference]) -> list[Group]:
    """Of everything on which something stands and that goes elsewhere. Whatever follows its parent goes with it;
    what comes to one code, or takes a number that another leaves, goes at once."""
    rows = list(rows)
    known = {row.key: row for row in rows if moving(row)}
    heads: dict[Key, Key] = {}

    def head(key: Key) -> Key:
        while heads.get(key, key) != key:
            key = heads[key]
        return key

    for row in known.values():
        root = _root(row, known)
        for key in ((row.level, row.becomes or 0), root.key, (root.level, root.becomes or 0)):
            heads[head(row.key)] = head(key)
    together: dict[Key, list[Difference]] = defaultdict(list)
    for row in rows:
        if moving(row) and row.standing:
            together[head(row.key)].append(row)
    return [Group(tuple(sorted(those, key=lambda r: r.key))) for _, those in sorted(together.items())]


def _root(row: Difference, known: dict[Key, Difference]) -> Difference:
    """The widest place that takes this one along."""
    while row.reason == "parent" and (above := known.get((row.level - 1, up(row.level, row.code)))):
        row = above
    return row


def drafted(group: Group) -> Plan | None:
    """Every open grid under a number of its new community, its own last digits if they were never given; None if
    there is no grid."""
    targets = {row.becomes: area_at(row.level, row.becomes) for row in group.communities if row.becomes}
    used = {(code // 1000, code % 1000) for code, _, _ in ever(targets)}
    named = {(code // 1000, name) for code, name, until in ever(targets) if until is None}
    openings, steps = [], []
    for row in group.communities:
        community, there = row.becomes or 0, list(grids(row.area).filter(until=None))
        twice = any((community, grid.name) in named for grid in there)  # 第一网格 is in every community
        for grid in there:
            number = _free(community, grid.code % 1000, used)
            used.add((community, number))
            name = f"{core(row.name)}{grid.name}"[:60] if twice else grid.name
            named.add((community, name))
            openings.append(Opening(community * 1000 + number, name, grid.kind))
            steps.append(Step(None, grid.code, community * 1000 + number))
    if not steps:
        return None
    return Plan(openings=tuple(openings), steps=tuple(steps), closings=tuple(s.was for s in steps),
                foundings=tuple(_foundings(group)))


def _free(community: int, number: int, used: set[tuple[int, int]]) -> int:
    """Raises nothing: beyond 999 the plan is refused as any other with a wrong number."""
    while (community, number) in used:
        number = max([last for c, last in used if c == community]) + 1
    return number


def _foundings(group: Group) -> Iterable[Founding]:
    """What was added here has its new number from nobody but us."""
    ours = {row.becomes: row for row in group.communities if row.local}
    codes = [*filter(None, ours), *(row.code for row in ours.values())]
    rows = Division.objects.filter(level=Division.Level.COMMUNITY, code__in=codes)
    forming = dict(rows.values_list("code", "forming"))
    return [Founding(code, row.name, forming[row.code]) for code, row in ours.items() if code and code not in forming]


def shifts(rows: Iterable[Difference], steps: Iterable[Step] = ()) -> list[Shift]:
    """What was given for a place as such, and where it goes."""
    rows = [row for row in rows if moving(row)]
    grids_of: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for step in steps:
        grids_of[community_of(step.was)].append((step.was, step.becomes))
    return [Shift(row.area, area_at(row.level, row.becomes or 0), _whole(row, grids_of[row.code]),
                  tuple(grids_of[row.code] if row.level == Division.Level.COMMUNITY else ())) for row in rows]


def _whole(row: Difference, steps: list[tuple[int, int]]) -> bool:
    """Whether the new place is the old one and nothing else: it came with a file, and nobody else comes to it."""
    if row.kind != Difference.Kind.GONE or _coming(row) > 1:
        return False
    target = Division.objects.filter(level=row.level, code=row.becomes or 0).first()
    if target is None or target.since is None:
        return False
    others = Grid.objects.filter(code__gte=target.lo, code__lt=target.hi, until=None)
    return row.level < Division.Level.COMMUNITY or not others.exclude(code__in=[to for _, to in steps]).exists()


def _coming(row: Difference) -> int:
    return Difference.objects.filter(file=row.file_id, level=row.level, becomes=row.becomes).exclude(
        kind=Difference.Kind.CAME).count()
