"""Points that find their grid, on one core."""

from bench.context import Bench
from bench.figure import Measured, figure
from fengchao.engines.geometry.bench import TARGET, point_to_grid


@figure("point_to_grid", unit="points/s", target=TARGET, at_least=True)
def figure_point_to_grid(bench: Bench) -> Measured:
    """The floor tests each point against the one right boundary, which no index can know beforehand."""
    measured = point_to_grid()
    return Measured(measured["value"], floor=measured["floor"])
