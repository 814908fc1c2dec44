"""What a figure is: a name, a unit, a target it must reach, and the floor no program of ours can pass.

    @figure("search_id", unit="ms", target=10)
    def search_id(bench: Bench) -> Measured:
        ...
        return Measured(value=3.1, floor=0.4)   # the bare statement, measured in the same run

Less is better unless `at_least` is said. Files of `bench/figures/` are imported when figures are asked for.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.context import Bench


@dataclass(frozen=True, slots=True)
class Measured:
    value: float
    floor: float | None = None  # in the same unit
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    name: str
    unit: str
    target: float
    at_least: bool
    measure: "Callable[[Bench], Measured]"

    def result(self, measured: Measured) -> dict:
        value, floor = measured.value, measured.floor
        return {
            "name": self.name, "value": _rounded(value), "unit": self.unit, "target": self.target,
            "ok": value >= self.target if self.at_least else value <= self.target,
            "floor": None if floor is None else _rounded(floor),
            "ratio": round(value / floor, 3) if floor else None,
            **({"note": measured.note} if measured.note else {}),
        }  # fmt: skip


FIGURES: dict[str, Figure] = {}


def figure(name: str, *, unit: str, target: float, at_least: bool = False):
    """Registers the function below under `name`."""

    def register(measure):
        if name in FIGURES:
            raise RuntimeError(f"figure {name} is registered twice")
        FIGURES[name] = Figure(name, unit, target, at_least, measure)
        return measure

    return register


def load() -> dict[str, Figure]:
    import bench.figures

    for module in sorted(info.name for info in pkgutil.iter_modules(bench.figures.__path__)):
        importlib.import_module(f"bench.figures.{module}")
    return FIGURES


def _rounded(value: float) -> float:
    return round(value, 3 if abs(value) < 100 else 1)
