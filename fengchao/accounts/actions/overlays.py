"""Duties for an overlay: one row for each of its parts, so that whoever reads duties need not know of overlays."""

from datetime import date
from uuid import UUID

from django.db.models.functions import Now

from fengchao.areas.models import Overlay
from fengchao.base import audit, clock
from fengchao.base.actor import Actor
from fengchao.base.errors import Refused

from ..endings import with_duty
from ..models import Duty, User
from ..roles import ROLES
from ..rules import require_giver, require_other


def give_overlay_duty(*, by: Actor, user: User, role: str, overlay: Overlay, until: date | None = None) -> int:
    """Returns for how many ranges. It ends with the overlay at the latest."""
    parts = overlay.areas
    if role not in ROLES or not parts:
        raise Refused("not_found")
    if ROLES[role].one_building:
        raise Refused("wrong_level", role=ROLES[role].name)
    for area in parts:
        require_giver(by, ROLES[role], area)
    require_other(by, user)
    if not user.is_active:
        raise Refused("user_inactive")
    last = min(filter(None, (until, overlay.until)), default=None)
    since = max(overlay.since, clock.today())
    if last is not None and last < since:
        raise Refused("dates_wrong")
    if Duty.objects.filter(overlay=overlay.id, user=user, role=role, ended=None).exists():
        raise Refused("duty_exists")
    Duty.objects.bulk_create(Duty(user=user, role=role, lo=a.lo, hi=a.hi, since=since, until=last,
                                  overlay=overlay.id) for a in parts)
    audit.write_one("duty_given", overlay.id, by=by, grid=parts[0].lo, role=role, user=user.id, parts=len(parts))
    return len(parts)


def end_overlay_duty(*, by: Actor, user: User, role: str, overlay: Overlay) -> None:
    """All of its parts at once."""
    rows = Duty.objects.filter(overlay=overlay.id, user=user, role=role, ended=None)
    held = list(rows)
    if not held:
        raise Refused("duty_ended")
    for duty in held:
        require_giver(by, ROLES[role], duty.area)
    require_other(by, user)
    rows.update(ended=Now())
    for end in with_duty:
        end(by, [user.id])
    audit.write_one("duty_ended", overlay.id, by=by, grid=held[0].lo, role=role, user=user.id)


def keep_to(was: Overlay, overlay: Overlay, by: Actor, regridding: UUID | None) -> None:
    """Whoever holds a duty for an overlay holds it for its parts and days of now, and for none when it has ended."""
    held = list(Duty.objects.filter(overlay=overlay.id, ended=None))
    ended = overlay.until is not None and overlay.until < clock.today()
    now = set() if ended else {(a.lo, a.hi) for a in overlay.areas}
    if not ended:
        _keep_days(was, overlay, held)
    whose = {(d.user_id, d.role): d for d in held}
    there = {(d.user_id, d.role, d.lo, d.hi) for d in held}
    Duty.objects.filter(id__in=[d.id for d in held if (d.lo, d.hi) not in now]).update(ended=Now(),
                                                                                     went_with=regridding)
    Duty.objects.bulk_create(
        Duty(user_id=user, role=role, lo=lo, hi=hi, since=max(d.since, clock.today()), until=d.until,
             overlay=overlay.id, came_with=regridding)
        for (user, role), d in whose.items() for lo, hi in sorted(now) if (user, role, lo, hi) not in there)
    if regridding is None:  # what moved with the grids comes back when that is undone
        for end in with_duty:
            end(by, {d.user_id for d in held})
    if held:
        audit.write_one("overlay_duties", overlay.id, by=by, grid=held[0].lo, holders=len(whose))


def _keep_days(was: Overlay, overlay: Overlay, held: list[Duty]) -> None:
    """What began or was to end with it does so still; nothing outlives it."""
    for duty in held:
        duty.since = overlay.since if duty.since == was.since else max(duty.since, overlay.since)
        last = overlay.until if duty.until == was.until else min(filter(None, (duty.until, overlay.until)))
        duty.until = last if last is None else max(last, duty.since)
    Duty.objects.bulk_update(held, ["since", "until"])
