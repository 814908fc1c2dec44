"""A drawing of a place nobody has measured yet: each grid a panel, its buildings side by side as high as they are.

Pure: groups of members in, boxes out, in units of the sheet.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

PANEL = 240.0  # a panel's width
ASPECT = 1.5  # of the whole drawing: a screen, or a sheet of paper on its side
GAP, PAD, HEAD = 12.0, 8.0, 28.0  # between panels and around them, inside one, and for its name
FLOOR, ENTRANCE, NAME = 3.2, 13.0, 9.0  # a floor's height, an entrance's width, the line of a building's name
CELL = 26.0  # a member that has no floors: a grid among the grids of its community


@dataclass(frozen=True, slots=True)
class Member:
    key: str
    name: str
    floors: int = 0  # 0: not a building
    entrances: int = 1


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    name: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with its top left corner; `floors` how many to draw in it, 0 for a panel or a grid."""

    key: str
    name: str
    x: float
    y: float
    width: float
    height: float
    floors: int = 0
    panel: bool = False

    @property
    def outline(self) -> str:
        return f"M{self.x:.1f},{self.y:.1f}h{self.width:.1f}v{self.height:.1f}h{-self.width:.1f}Z"

    @property
    def storeys(self) -> str:
        """The lines between its floors, as an SVG path."""
        step = self.height / self.floors if self.floors else 0.0
        return "".join(f"M{self.x:.1f},{self.y + n * step:.1f}h{self.width:.1f}" for n in range(1, self.floors))


def draw(groups: Iterable[Group], top: float = 0.0, width: float = 0.0) -> tuple[list[Box], float, float]:
    """The panels in reading order from `top` on, at least as wide as `width`; and how wide and how far down it is."""
    panels = [(group, *_members(group.members)) for group in groups]
    area = sum((HEAD + bottom + PAD + GAP) * (PANEL + GAP) for _, _, bottom in panels)
    across = max(1, int(width / (PANEL + GAP)), round(sqrt(ASPECT * area) / (PANEL + GAP)))
    drawn: list[Box] = []
    top += GAP
    for at in range(0, len(panels), across):
        row = panels[at:at + across]
        height = HEAD + max(bottom for _, _, bottom in row) + PAD
        for nth, (group, boxes, _) in enumerate(row):
            x = GAP + nth * (PANEL + GAP)
            drawn.append(Box(group.key, group.name, x, top, PANEL, height, panel=True))
            drawn += [Box(b.key, b.name, x + b.x, top + HEAD + b.y, b.width, b.height, b.floors) for b in boxes]
        top += height + GAP
    return drawn, GAP + min(across, len(panels)) * (PANEL + GAP), top


def _members(members: Sequence[Member]) -> tuple[list[Box], float]:
    """Rows of members that stand on their common ground; and how high all rows are."""
    boxes: list[Box] = []
    top = 0.0
    for row in _rows(members):
        ground = top + max(_height(member) for member in row)
        x = PAD
        for member in row:
            width, height = _width(member), _height(member)
            boxes.append(Box(member.key, member.name, x, ground - height, width, height, member.floors))
            x += width + PAD / 2
        top = ground + NAME
    return boxes, top


def _rows(members: Sequence[Member]) -> Iterator[list[Member]]:
    row: list[Member] = []
    used = 0.0
    for member in members:
        if row and used + _width(member) > PANEL - 2 * PAD:
            yield row
            row, used = [], 0.0
        row.append(member)
        used += _width(member) + PAD / 2
    if row:
        yield row


def _width(member: Member) -> float:
    return min(PANEL - 2 * PAD, ENTRANCE * max(1, member.entrances) + 7) if member.floors else CELL


def _height(member: Member) -> float:
    return FLOOR * member.floors + 4 if member.floors else CELL
