"""Duties for a whole place, and staff lists that wait for their confirmation, go where the place goes, when a file of
the national register renumbered or merged it.

Duties end and begin `with` the re-gridding, so that its undoing brings them back like any other (see `following`).
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Now

from fengchao.areas.national.standing import Shift
from fengchao.base import audit, clock
from fengchao.base.actor import Actor
from fengchao.base.audit import Deed
from fengchao.base.places import Area

from ..models import Duty
from ..staff.models import StaffList

ALIVE = "t.ended IS NULL AND t.overlay IS NULL AND (t.until IS NULL OR t.until >= current_date)"


def shift_duties(shifts: Iterable[Shift], by: Actor, regridding: UUID | None) -> None:
    """The same ground as before and no more: of a place that was merged into another, its own grids."""
    given, ended = [], []
    for shift in shifts:
        areas = [(shift.becomes.lo, shift.becomes.hi)] if shift.whole else [(to, to + 1) for _, to in shift.grids]
        for duty in _given_for(shift) if areas else ():
            ended.append(duty)
            given += [Duty(user_id=duty.user_id, role=duty.role, lo=lo, hi=hi, since=max(duty.since, clock.today()),
                           until=duty.until, came_with=regridding) for lo, hi in areas]
    Duty.objects.bulk_create(given)
    Duty.objects.filter(id__in=[duty.id for duty in ended]).update(ended=Now(), went_with=regridding)
    audit.write([*(Deed("duty_given", d.id, d.lo, {"role": d.role, "user": str(d.user_id)}) for d in given),
                 *(Deed("duty_ended", d.id, d.lo, {"role": d.role, "user": str(d.user_id)}) for d in ended)], by=by)


def _given_for(shift: Shift) -> Iterable[Duty]:
    alive = Q(ended=None, overlay=None) & (Q(until=None) | Q(until__gte=clock.today()))
    return Duty.objects.filter(alive, lo=shift.was.lo, hi=shift.was.hi)


def shift_lists(shifts: Iterable[Shift], by: Actor, regridding: UUID | None) -> None:
    """There it is looked at anew before it is confirmed. A list of a place that was merged is dropped: that everybody
    who works here stands in it was not said of the larger one."""
    for shift in shifts:
        _shift_lists(shift.was, shift.becomes, by, keep=shift.whole or not shift.grids)


def shift_lists_back(shifts: Iterable[Shift], by: Actor, regridding: UUID) -> None:
    for shift in shifts:
        if shift.whole:
            _shift_lists(shift.becomes, shift.was, by, keep=True)


def _shift_lists(was: Area, becomes: Area, by: Actor, *, keep: bool) -> None:
    waiting = StaffList.objects.filter(lo=was.lo, hi=was.hi, finished=None)
    ids = list(waiting.values_list("id", flat=True))
    ended = {} if keep else {"sealed": b"", "finished": Now()}
    waiting.update(grid=becomes.lo, lo=becomes.lo, hi=becomes.hi, **ended)
    audit.write((Deed("staff_list_shifted" if keep else "staff_list_dropped", id_, becomes.lo) for id_ in ids), by=by)
