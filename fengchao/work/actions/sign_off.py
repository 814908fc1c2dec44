"""Up the tree, somebody who answers for a place states that it is done there."""

from uuid import UUID

from django.db.models import Q

from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.audit import write_one
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission
from fengchao.base.places import COUNTRY, Area

from .. import coverage
from ..models import Campaign, SignOff

BELOW = {9: 12, 12: 15, 6: 9}  # digits of a place -> digits of the places that sign before it


def sign_off(*, by: Actor, campaign: Campaign, area: Area, note: str = "") -> SignOff:
    """States that nothing remains in `area`. Refused while a task is open there or a place below has not signed,
    and of an overlay: nobody answers for one but those of the places in it.

    A grid may be signed by its worker; a community, street or district by whoever holds SIGN_OFF for it.
    """
    digits = len(str(area.code)) if area.code else 0
    if not digits and area != COUNTRY:
        raise Refused("sign_places")
    by.require(Permission.RECORD if digits == 15 else Permission.SIGN_OFF, area)
    figures = coverage.of(campaign, area)
    if figures.remaining:
        raise Refused("not_finished", remaining=figures.remaining)
    missing = _missing_below(campaign, area, digits)
    if missing:
        raise Refused("signed_below", missing=missing)
    row = SignOff.objects.create(
        campaign=campaign, grid=area.lo, lo=area.lo, hi=area.hi, by=by.id, by_name=by.name, note=note[:200],
        figures={"total": figures.total, "done": figures.done, "excluded": figures.excluded,
                 "attempts": figures.attempts, "outcomes": figures.outcomes},
    )
    write_one("sign_off", campaign.id, by=by, grid=area.lo, lo=area.lo, hi=area.hi, total=figures.total)
    return row


def _missing_below(campaign: Campaign, area: Area, digits: int) -> int:
    """How many places with tasks, one level down, have not signed; the community signs itself for its own grid 000."""
    if digits not in BELOW:
        return 0
    places = {place for place, figures in coverage.by_place(campaign, area, BELOW[digits]).items()
              if figures.total and (place % 1000 or digits != 12)}
    signed = SignOff.objects.filter(campaign=campaign, lo__gte=area.lo, hi__lte=area.hi, withdrawn__isnull=True)
    return len(places - {s.lo // 10 ** (15 - BELOW[digits]) for s in signed if s.hi - s.lo < area.hi - area.lo})


def withdraw_sign_off(*, by: Actor, sign_off: UUID) -> None:
    """Takes a statement back, and with it every statement above that rested on it."""
    row = SignOff.objects.filter(id=sign_off, withdrawn__isnull=True).first()
    if row is None:
        raise Refused("not_found")
    by.require(Permission.RECORD if row.hi - row.lo == 1 else Permission.SIGN_OFF, Area(row.lo, row.hi))
    rested = SignOff.objects.filter(Q(lo__lte=row.lo, hi__gte=row.hi), campaign_id=row.campaign_id,
                                    withdrawn__isnull=True)
    taken = rested.update(withdrawn=clock.now())
    write_one("withdraw_sign_off", row.campaign_id, by=by, grid=row.grid, lo=row.lo, hi=row.hi, taken=taken)
