"""Grids designed on one core: 2,025 cells into 60, several proposals, all within 10 %."""

from math import inf

from bench.context import Bench
from bench.figure import Measured, figure
from fengchao.engines.districting.bench import TARGET, districting_2025


@figure("districting_2025", unit="s", target=TARGET)
def figure_districting_2025(bench: Bench) -> Measured:
    """A proposal that is not within the tolerance is not one, however quick."""
    measured = districting_2025()
    late = measured["value"] > TARGET
    return Measured(measured["value"] if measured["ok"] or late else inf, measured["floor"], measured["note"])
