"""A trial as it is drawn: what may stand, what may not and where to look, on what stands already."""

from collections.abc import Iterator
from dataclasses import dataclass

from fengchao.areas.queries import names

from .plane import MARGIN, Plane, path
from .trial import Line, Trial
from .wording import sentence

LISTED = 200  # refused features put into words on one page
OFF_SHEET = {"far_away", "outside_china", "swapped", "no_area"}  # drawn to scale they would hide all others


@dataclass(frozen=True, slots=True)
class Mark:
    """A number to look for: at the place itself, or at the edge towards which it lies (`off`)."""

    number: int
    x: float
    y: float
    off: bool


@dataclass(frozen=True, slots=True)
class Preview:
    width: float
    height: float
    standing: list[str]
    good: list[tuple[str, str]]
    bad: list[tuple[str, str]]
    marks: list[Mark]


def drawing(trial: Trial) -> Preview | None:
    """None when nothing of it can be drawn."""
    drawn = [line for line in trial.lines if line.shape is not None and _on_sheet(line)]
    standing = list(trial.standing.values())
    if not drawn and not standing:
        return None
    plane = Plane.over([*(line.shape for line in drawn if line.shape is not None), *standing])
    paths = [path(shape) for shape in plane.flat([line.shape for line in drawn])]
    named = [(f"{line.number} {line.label}", d, bool(line.faults)) for line, d in zip(drawn, paths, strict=True)]
    return Preview(
        plane.width, plane.height, [path(shape) for shape in plane.flat(standing)],
        [(name, d) for name, d, wrong in named if not wrong], [(name, d) for name, d, wrong in named if wrong],
        list(_marks(trial.refused[:LISTED], plane)),
    )  # fmt: skip


def _on_sheet(line: Line) -> bool:
    return not OFF_SHEET.intersection(fault.code for fault in line.faults)


def _marks(refused: list[Line], plane: Plane) -> Iterator[Mark]:
    for line in refused:
        at = next((fault.at for fault in line.faults if fault.at), None)
        if at is None and line.shape is not None and not line.shape.is_empty and _on_sheet(line):
            middle = line.shape.envelope.centroid
            at = (middle.x, middle.y)
        if at is None:
            continue
        x, y = plane.point(at)
        inside_x, inside_y = min(max(x, MARGIN), plane.width - MARGIN), min(max(y, MARGIN), plane.height - MARGIN)
        yield Mark(line.number, round(inside_x, 1), round(inside_y, 1), (x, y) != (inside_x, inside_y))


def refusals(trial: Trial) -> list[tuple[Line, list[str]]]:
    """Each refused feature with everything that must be mended, once each."""
    return [(line, list(dict.fromkeys(sentence(fault) for fault in line.faults))) for line in trial.refused[:LISTED]]


def strays(trial: Trial) -> list[tuple[Line, str, str]]:
    """The names of the grids where buildings lie and where they are registered, for those where the two differ."""
    found = trial.strays[:LISTED]
    called = names({code for _, lies, registered in found for code in (lies, registered)})
    return [(line, called[lies], called[registered]) for line, lies, registered in found]
