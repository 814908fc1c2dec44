"""A re-gridding is planned, given a day, carried out, undone: always as a whole and in one transaction.

Rows above areas follow through `moving.followers`. One re-gridding at a time: the second waits for the first, and is
checked against what the first left.
"""

from datetime import date, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now

from fengchao.base import audit, clock
from fengchao.base.actor import Actor
from fengchao.base.audit import Deed
from fengchao.base.errors import Refused
from fengchao.base.jobs import Report, silent
from fengchao.base.permissions import Permission as P
from fengchao.base.ranges import touching

from .. import moving, previewing
from ..models import Regridding
from ..plans import Plan
from ..queries import forget_names
from . import regrid_places as places
from .divisions import clean_name

UNDONE_WITHIN = timedelta(days=1)

REMEMBER = """INSERT INTO areas_move (regridding_id, kind, row, was, becomes)
SELECT %s, kind, row, was, becomes FROM regrid_row"""


def plan_regridding(*, by: Actor, title: str, plan: Plan, choices: dict[str, object] | None = None) -> Regridding:
    """Kept to be looked at; nothing changes and no number is taken yet."""
    _require(by, plan)
    plan.check()
    places.check(plan)
    area = plan.area
    made = Regridding.objects.create(
        grid=area.lo, lo=area.lo, hi=area.hi, title=clean_name(title), plan=plan.kept(), choices=choices or {},
        by=by.id, by_name=by.name,
    )
    audit.write_one("regridding_planned", made.id, by=by, grid=area.lo, grids=len(plan.grids))
    return made


def choose(*, by: Actor, regridding: Regridding, choices: dict[str, object]) -> None:
    """What whoever confirms decided beside the plan, for those above areas to act on."""
    row, _ = _locked(by, regridding, Regridding.State.PLANNED)
    Regridding.objects.filter(id=row.id).update(choices=row.choices | choices)
    regridding.choices = row.choices | choices
    audit.write_one("regridding_chosen", row.id, by=by, grid=row.lo, count=len(choices))


def schedule(*, by: Actor, regridding: Regridding, day: date) -> None:
    """For a day to come. The new numbers are taken from now on, so that nobody else is given them meanwhile."""
    row, plan = _locked(by, regridding, Regridding.State.PLANNED)
    if day <= clock.today():
        raise Refused("regrid_day")
    clock.require_near(day)
    places.check(plan, reserved=row.day is not None)
    if row.day is None:
        places.open_all(plan, day)
    else:
        places.shift(plan, day)
    Regridding.objects.filter(id=row.id).update(day=day, by=by.id, by_name=by.name, problem={})
    audit.write_one("regridding_scheduled", row.id, by=by, grid=row.grid, day=day)


def drop(*, by: Actor, regridding: Regridding) -> None:
    """A plan is given up. Numbers it had taken are never given again."""
    row, plan = _locked(by, regridding, Regridding.State.PLANNED)
    if row.day is not None:
        places.end_all(plan)
    Regridding.objects.filter(id=row.id).update(state=Regridding.State.DROPPED)
    audit.write_one("regridding_dropped", row.id, by=by, grid=row.grid)


def carry_out(*, by: Actor, regridding: Regridding, report: Report = silent) -> Regridding:
    """Now, as a whole or not at all."""
    row, plan = _locked(by, regridding, Regridding.State.PLANNED)
    places.check(plan, reserved=row.day is not None)
    with moving.mover(by) as mover:
        left = moving.lay_out(plan)
        _refuse(left)
        figures = previewing.figures(left)
        before = places.apply(plan, reserved=row.day is not None)
        Regridding.objects.filter(id=row.id).update(figures=figures, before=before, problem={})
        row.refresh_from_db()
        for first in [one.first for one in moving.followers if one.first]:
            first(row, mover)
        moved = _move(left, row, mover, report)
        _remember(row)
        Regridding.objects.filter(id=row.id).update(state=Regridding.State.DONE, done_at=Now(), done_by=by.id)
        row.refresh_from_db()
        for told in [one.told for one in moving.followers if one.told]:
            told(row, mover)
    forget_names()
    audit.write(_deeds(row, plan, moved), by=by)
    return row


def undo(*, by: Actor, regridding: Regridding, report: Report = silent) -> None:
    """Everything goes back to where it was; what came into a new grid since goes where most of that grid came from."""
    row, plan = _locked(by, regridding, Regridding.State.DONE)
    if row.done_at is None or clock.now() - row.done_at > UNDONE_WITHIN:
        raise Refused("regrid_too_late")
    later = Regridding.objects.filter(touching(row.area), state=Regridding.State.DONE, done_at__gt=row.done_at)
    if any(plan.grids & Plan.of(kept).grids for kept in later.values_list("plan", flat=True)):
        raise Refused("regrid_later_first")
    with moving.mover(by) as mover:
        left = moving.lay_out_back(row.id, plan)
        places.take_back(plan, row.before)
        for first_back in [one.first_back for one in moving.followers if one.first_back]:
            first_back(row, mover)
        moved = _move(left, row, mover, report)
        _remember(row)
        Regridding.objects.filter(id=row.id).update(state=Regridding.State.UNDONE, undone_at=Now())
        for untold in [one.untold for one in moving.followers if one.untold]:
            untold(row, mover)
    forget_names()
    audit.write_one("regridding_undone", row.id, by=by, grid=row.grid, rows=moved)


def note_problem(*, by: Actor, regridding: Regridding, refused: Refused) -> None:
    """Its day has come and it could not be done: said on its page until somebody does something about it."""
    params = {key: str(value) for key, value in refused.params.items()}
    Regridding.objects.filter(id=regridding.id).update(problem={"code": refused.code, "params": params})
    audit.write_one("regridding_refused", regridding.id, by=by, grid=regridding.grid, code=refused.code)


def settle(*, by: Actor, since: timedelta = timedelta(minutes=10)) -> int:
    """Brings after what a transaction wrote that had read the old number just before it changed. Returns how many."""
    left = moving.lay_out_recent(clock.now() - since)
    moved = _move(left, None, by) if left else 0
    if moved:
        audit.write_one("regridding_settled", "areas", by=by, rows=moved)
    return moved


def _require(by: Actor, plan: Plan) -> None:
    """For every grid that is touched, and for the street in which a community is founded."""
    for grid in sorted(plan.grids - {g for f in plan.foundings for g in plan.grids if g in f.area}):
        by.require(P.MANAGE_AREAS, grid)
    for founding in plan.foundings:
        by.require(P.MANAGE_AREAS, places.street_of(founding).area)


def _locked(by: Actor, regridding: Regridding, state: str) -> tuple[Regridding, Plan]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('fengchao.regrid'))")
    row = Regridding.objects.select_for_update().filter(id=regridding.id).first()
    if row is None:
        raise Refused("not_found")
    plan = Plan.of(row.plan)
    _require(by, plan)
    if row.state != state:
        raise Refused("regrid_state")
    return row, plan


def _refuse(left: list[int]) -> None:
    for one in moving.followers:
        for code, query in one.refusals.items():
            if found := moving.asked(query, left)[0][0]:
                raise Refused(code, count=found)


def _move(left: list[int], row: Regridding | None, by: Actor, report: Report = silent) -> int:
    try:
        with transaction.atomic():
            number = moving.move_rows(left, report)
    except IntegrityError as error:
        raise Refused("regrid_collides") from error
    for moved in [one.moved for one in moving.followers if one.moved]:
        moved(row, by)
    return number


def _remember(row: Regridding) -> None:
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER, [row.id])


def _deeds(row: Regridding, plan: Plan, moved: int) -> list[Deed]:
    """One line for the whole, and one in the trail of every grid that began, ended or was renamed."""
    deeds = [Deed("regridded", row.id, row.grid, {"rows": moved, "opened": len(plan.openings),
                                                  "closed": len(plan.closings), "moved": len(plan.steps)})]
    deeds += [Deed("grid_added", str(o.code), o.code, {"kind": o.kind}) for o in plan.openings]
    deeds += [Deed("grid_closed", str(code), code) for code in plan.closings]
    deeds += [Deed("grid_renamed", str(code), code, {"name": name}) for code, name in plan.names]
    deeds += [Deed("division_added", str(f.code), f.area.lo, {"name": f.name}) for f in plan.foundings]
    return deeds
