"""Every grid of a street divided in two while the whole district is in the register, until it is committed."""

import time

from bench.context import Bench
from bench.figure import Measured, figure


@figure("regrid_street", unit="s", target=15)
def regrid_street(bench: Bench) -> Measured:
    """Undone afterwards, so that the other figures find what they expect; the numbers given stay given."""
    street = bench.data.grids[0] // 10**6
    from fengchao.areas import actions
    from fengchao.areas.drafting import arrange
    from fengchao.base.actor import system_actor
    from fengchao.base.places import Area
    from fengchao.base.scope import acting

    with acting(system_actor("bench")) as by:
        plan = arrange(_halved(Area.of(street)))
        made = actions.plan_regridding(by=by, title="性能测量", plan=plan)
    began = time.perf_counter()
    with acting(system_actor("bench")) as by:
        made = actions.carry_out(by=by, regridding=made)
    seconds = time.perf_counter() - began
    with acting(system_actor("bench")) as by:
        actions.undo(by=by, regridding=made)
    return Measured(seconds, note=f"{made.figures['totals']['people']:,} people moved")


def _halved(street):
    """Every second building of every grid goes to a new one."""
    from fengchao.areas.plans import Wish
    from fengchao.people.models import Building

    mark = round(time.time())  # a name of its own each time: one that is there already is a grid to move into
    rows = Building.objects.filter(grid__gte=street.lo, grid__lt=street.hi).order_by("grid", "seq", "id")
    for nth, (building, grid) in enumerate(rows.values_list("id", "grid")):
        yield Wish(building, grid, str(grid) if nth % 2 == 0 else f"{mark}-{grid % 1000}")
