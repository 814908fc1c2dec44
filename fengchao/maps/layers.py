"""What a map can show: each layer a number a place, coloured in a few steps that are also said in words."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengchao.accounts.models import Duty
from fengchao.accounts.queries import in_force
from fengchao.base.places import Area
from fengchao.work.coverage import Coverage
from fengchao.work.queries import ANSWERING

STEPS = 5
NOBODY = "nobody"  # the step of a grid that nobody answers for
EMPTY = "empty"  # of a place with nothing to count
PLAIN = "plain"  # and of the ground under buildings that say it themselves


@dataclass(frozen=True, slots=True)
class Layer:
    code: str
    label: Any
    sentence: Any
    ramp: str  # which colours: more is done, or more is left
    counts: bool = False  # its numbers add up: a grid has as much as all its buildings


LAYERS = {layer.code: layer for layer in (
    Layer("coverage", gettext_lazy("覆盖"), gettext_lazy("目标里已完成的比例，颜色越深完成越多"), "done"),
    Layer("remaining", gettext_lazy("剩余的门"), gettext_lazy("还没有结果的户数，颜色越深剩得越多"), "left", True),
    Layer("load", gettext_lazy("负担"), gettext_lazy("平均每位负责人还剩多少户，颜色越深负担越重"), "left"),
    Layer("open", gettext_lazy("未办任务"), gettext_lazy("全部走访任务里未办的，颜色越深越多"), "left", True),
)}


@dataclass(frozen=True, slots=True)
class Shade:
    """How a place looks on a layer: a step of its ramp (0-5, or one of those above), its number in words, and how much
    is at stake there, by which names give way to each other."""

    step: str
    words: str
    weight: int = 0


class Scale:
    """Steps of round numbers up to the largest value; for a share, of a fifth each, and whole."""

    def __init__(self, layer: Layer, values: Iterable[int | None]):
        top = max((value for value in values if value is not None), default=0)
        self.layer = layer
        self.width = 20 if layer.code == "coverage" else rounded(top / STEPS)

    def shade(self, value: int | None, nobody: bool = False) -> Shade:
        if nobody:
            return Shade(NOBODY, _("没有人负责"), sys.maxsize)
        if value is None:
            return Shade(EMPTY, _("没有目标"))
        share = self.layer.code == "coverage"
        step = value // self.width if share else -(-value // self.width)
        return Shade(str(min(step, STEPS)), f"{value}%" if share else str(value), 100 - value if share else value)

    def legend(self) -> list[Shade]:
        width, share = self.width, self.layer.code == "coverage"
        if share:
            words = [f"{n * width}–{n * width + width - 1}%" for n in range(STEPS)] + ["100%"]
        else:
            words = ["0"] + [f"{n * width + 1}–{(n + 1) * width}" if width > 1 else str(n + 1) for n in range(STEPS)]
        return [Shade(str(step), text) for step, text in enumerate(words)]


def rounded(width: float) -> int:
    """The next of 1, 2, 5, 10, 20, 50 ..."""
    unit = 1
    while True:
        for step in (1, 2, 5):
            if step * unit >= width:
                return step * unit
        unit *= 10


def value(layer: Layer, figures: Coverage | None, unfinished: int, people: int) -> int | None:
    """`people`: how many answer for the place; only the load needs them."""
    if layer.code == "open":
        return unfinished
    if figures is None or not figures.total:
        return None
    if layer.code == "coverage":
        return 100 * figures.done // figures.total
    return figures.remaining if layer.code == "remaining" else -(-figures.remaining // max(people, 1))


OPEN_BY_GRID = """SELECT grid / %s, sum(n) FROM work_counter JOIN work_campaign c ON c.id = campaign_id
WHERE c.state = 'running' AND work_counter.state = 0 AND grid >= %s AND grid < %s GROUP BY 1"""
OPEN_BY_BUILDING = """SELECT building_id, count(*) FROM work_task t JOIN work_campaign c ON c.id = campaign_id
WHERE c.state = 'running' AND t.state = 0 AND grid >= %s AND grid < %s GROUP BY 1"""


def open_by_place(area: Area, unit: int) -> dict[int, int]:
    """Open tasks of all running campaigns by place, a place being `unit` grids."""
    return _asked(OPEN_BY_GRID, [unit, area.lo, area.hi])


def open_by_building(area: Area) -> dict[UUID, int]:
    """The same by building; at most for one community."""
    return _asked(OPEN_BY_BUILDING, [area.lo, area.hi])


def _asked(statement: str, parameters: list[int]) -> dict[Any, int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return {key: int(n) for key, n in cursor.fetchall() if key is not None}


def people_by_place(places: Mapping[str, Area]) -> dict[str, int]:
    """How many people answer for each place, or for something inside it, today."""
    if not places:
        return {}
    lo, hi = min(area.lo for area in places.values()), max(area.hi for area in places.values())
    duties = list(Duty.objects.filter(in_force(), role__in=ANSWERING, lo__lt=hi, hi__gt=lo, user__is_active=True)
                  .values_list("user_id", "lo", "hi"))
    return {key: len({user for user, first, end in duties if first < area.hi and area.lo < end})
            for key, area in places.items()}
