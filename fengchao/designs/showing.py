"""A design as its page shows it: the proposals side by side, beside today's grids."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from fengchao.areas.queries import names

from . import drawing, wording
from .models import Design
from .plan import new_name, numbers_of


@dataclass(frozen=True, slots=True)
class Line:
    """One grid of a proposal. `off` in percent."""

    name: str
    new: bool
    buildings: int
    households: int
    arriving: int
    load: float
    off: float
    walk: float | None


@dataclass(frozen=True, slots=True)
class Shown:
    number: int
    aims: list[tuple[Any, Any]]  # title, sentence
    picture: drawing.Picture
    lines: list[Line]
    remarks: list[str]
    off: float
    usual: float
    beyond: int
    moved: int
    moved_buildings: int
    walk: float | None
    cut: int
    contiguous: bool
    within: bool


def shown(design: Design) -> dict[str, Any]:
    """What the page needs: `proposals`, and `today` to hold them against. `placed`: drawn where buildings stand."""
    houses, proposals = design.result["houses"], design.result["proposals"]
    places, placed = drawing.spots(houses)
    return {
        "proposals": [_shown(design, n, one, places) for n, one in enumerate(proposals, 1)], "placed": placed,
        "households": sum(house["households"] for house in houses), "buildings": len(houses), "today": _today(houses),
    }


def _today(houses: list[dict[str, Any]]) -> dict[str, float]:
    loads: dict[int, float] = defaultdict(float)
    for house in houses:
        loads[house["grid"]] += house["load"]
    share = sum(loads.values()) / len(loads)
    return {"grids": len(loads), "off": 100 * max(abs(load / share - 1) for load in loads.values()) if share else 0.0}


def _shown(design: Design, number: int, one: dict[str, Any], places: list[drawing.Spot]) -> Shown:
    houses = design.result["houses"]
    codes, opened = numbers_of(design, one)
    called = names(set(codes) - set(opened)) | {code: new_name(code) for code in opened}
    lines = [
        Line(called[code], code in opened, grid["buildings"], grid["households"], grid["arriving"], grid["load"],
             100 * grid["off"], grid["walk"])
        for code, grid in zip(codes, one["grids"], strict=True)
    ]
    beyond = sum(abs(line.off) > design.brief["tolerance"] + 1e-7 for line in lines)
    moved = sum(house["grid"] != codes[g] for house, g in zip(houses, one["grid_of"], strict=True))
    return Shown(
        number, [wording.AIMS[aim] for aim in one["aims"]],
        drawing.draw(places, one, [str(code % 1000) for code in codes]), lines,
        wording.remarks(one["remarks"], {house["id"]: house for house in houses}), 100 * one["off"],
        100 * one["usual"], beyond, one["moved"], moved, one["walk"], one["cut"], one["contiguous"], one["within"],
    )  # fmt: skip
