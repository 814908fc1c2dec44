"""Every grid of a street, and of a county, divided in two while the register is full, until it is committed."""

import time
from collections.abc import Iterable, Iterator

from bench.context import Bench
from bench.figure import Measured, figure

COUNTY = 260_000  # people of a county of which every second building moves


@figure("regrid_street", unit="s", target=15)
def regrid_street(bench: Bench) -> Measured:
    street = bench.data.grids[0] // 10**6
    return _divided([grid for grid in bench.data.grids if grid // 10**6 == street])


@figure("regrid_county", unit="s", target=60)
def regrid_county(bench: Bench) -> Measured:
    share = min(1.0, COUNTY / bench.data.people)
    return _divided(bench.data.grids[:round(share * len(bench.data.grids))])


def _divided(grids: list[int]) -> Measured:
    """Undone afterwards, so that the other figures find what they expect; the numbers given stay given."""
    from fengchao.areas import actions
    from fengchao.areas.drafting import arrange
    from fengchao.base.actor import system_actor
    from fengchao.base.scope import acting

    with acting(system_actor("bench")) as by:
        made = actions.plan_regridding(by=by, title="性能测量", plan=arrange(_halved(grids)))
    began = time.perf_counter()
    with acting(system_actor("bench")) as by:
        made = actions.carry_out(by=by, regridding=made)
    seconds = time.perf_counter() - began
    began = time.perf_counter()
    with acting(system_actor("bench")) as by:
        actions.undo(by=by, regridding=made)
    undone = time.perf_counter() - began
    return Measured(seconds, note=f"{made.figures['totals']['people']:,} people moved; undone in {undone:.1f} s")


def _halved(grids: Iterable[int]) -> Iterator:
    """Every second building of every grid goes to a new one."""
    from fengchao.areas.plans import Wish
    from fengchao.people.models import Building

    mark = round(time.time())  # a name of its own each time: one that is there already is a grid to move into
    rows = Building.objects.filter(grid__in=list(grids)).order_by("grid", "seq", "id")
    for nth, (building, grid) in enumerate(rows.values_list("id", "grid")):
        yield Wish(building, grid, str(grid) if nth % 2 == 0 else f"{mark}-{grid % 1000}")
