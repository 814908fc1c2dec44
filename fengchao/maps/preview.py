"""A trial as it is drawn: what may stand, what may not and where to look, on what stands already."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fengchao.areas.queries import names
from fengchao.engines.geometry import turned

from .plane import Plane, path
from .trial import Line, Trial
from .wording import sentence

EDGE = 30.0  # of the sheet's units, so far from its edge is a mark whole on a phone too
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
    good: list[tuple[str, str]]  # (what it is called, path)
    bad: list[tuple[str, str]]
    marks: list[Mark]

    @property
    def beyond(self) -> bool:
        """Whether a mark says in which direction something lies."""
        return any(mark.off for mark in self.marks)


def drawing(trial: Trial) -> Preview | None:
    """None when nothing of it can be drawn."""
    drawn = [line for line in trial.lines if line.shape is not None and _on_sheet(line)]
    swapped = [line for line in trial.refused if line.shape is not None and _has(line, "swapped")]
    righted = [turned(line.shape) for line in swapped if line.shape is not None]
    standing = list(trial.standing.values())
    sound = [*(line.shape for line in drawn if line.shape is not None), *standing]
    if not sound and not righted:
        return None
    plane = Plane.over(sound or righted)
    paths = [path(shape) for shape in plane.flat([line.shape for line in drawn])]
    named = [(f"{line.number} {line.label}", d, bool(line.faults)) for line, d in zip(drawn, paths, strict=True)]
    named += [(_("%(name)s（经纬度对调后）") % {"name": f"{line.number} {line.label}"}, path(shape), True)
              for line, shape in zip(swapped, plane.flat(righted), strict=True)]
    return Preview(
        plane.width, plane.height, [path(shape) for shape in plane.flat(standing)],
        [(name, d) for name, d, wrong in named if not wrong], [(name, d) for name, d, wrong in named if wrong],
        list(_marks(trial.refused[:LISTED], plane)),
    )  # fmt: skip


def _on_sheet(line: Line) -> bool:
    return not _has(line, *OFF_SHEET)


def _has(line: Line, *codes: str) -> bool:
    return any(fault.code in codes for fault in line.faults)


def _marks(refused: list[Line], plane: Plane) -> Iterator[Mark]:
    for line in refused:
        at = next((fault.at for fault in line.faults if fault.at), None)
        if at is None and line.shape is not None and not line.shape.is_empty and _on_sheet(line):
            middle = line.shape.envelope.centroid
            at = (middle.x, middle.y)
        if at is None:
            continue
        x, y = plane.point(at)
        off = not (0 <= x <= plane.width and 0 <= y <= plane.height)
        if off:
            x, y = _edged(x, plane.width), _edged(y, plane.height)
        yield Mark(line.number, round(x, 1), round(y, 1), off)


def _edged(at: float, length: float) -> float:
    edge = min(EDGE, length / 2)
    return min(max(at, edge), length - edge)


def refusals(trial: Trial) -> list[tuple[Line, list[str]]]:
    """Each refused feature with everything that must be mended, once each."""
    return [(line, list(dict.fromkeys(sentence(fault) for fault in line.faults))) for line in trial.refused[:LISTED]]


def strays(trial: Trial) -> list[tuple[Line, str, str]]:
    """The names of the grids where buildings lie and where they are registered, for those where the two differ."""
    found = trial.strays[:LISTED]
    called = names({code for _, lies, registered in found for code in (lies, registered)})
    return [(line, called[lies], called[registered]) for line, lies, registered in found]
