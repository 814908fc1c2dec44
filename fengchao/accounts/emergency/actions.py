"""Opening an emergency access, ending it, judging it."""

from datetime import timedelta

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from fengchao import packs
from fengchao.areas.queries import exists
from fengchao.base import audit, clock
from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission
from fengchao.base.places import Area

from ..roles import EMERGENCY
from .models import EmergencyAccess
from .queries import own

WIDEST = 1000  # grid codes of one community
SHORTEST, LONGEST = 4, 200  # characters of what happened, in one's own words


def begin(*, by: Actor, area: Area, reason: str, words: str) -> EmergencyAccess:
    """For somebody with a duty somewhere, who may not look there anyway. It shows nothing yet: see `page`."""
    if by.id is None or not by.grants:
        raise Refused("no_duty")
    if reason not in packs.base_pack().emergency_reasons or not SHORTEST <= len(words.strip()) <= LONGEST:
        raise Refused("emergency_reason")
    if area.hi - area.lo > WIDEST or not exists(area):
        raise Refused("emergency_place")
    if all(by.may(permission, area) for permission in EMERGENCY):
        raise Refused("emergency_needless")
    _require_measure(by, area)
    access = EmergencyAccess.objects.create(
        grid=area.lo, lo=area.lo, hi=area.hi, by=by.id, by_name=by.name, reason=reason, words=words.strip(),
        expires=clock.now() + timedelta(hours=packs.base_pack().emergency_hours))
    audit.write_one("emergency_begun", access.id, by=by, grid=area.lo, area=area.code, reason=reason)
    return access


def _require_measure(by: Actor, area: Area) -> None:
    """One at a time, a pause before the same place, so many a week; the lock keeps parallel requests apart."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 2))", [f"emergency {by.id}"])
    pack, mine = packs.base_pack(), own(by)
    if _not_over(mine, 0).exists():
        raise Refused("emergency_running")
    if _not_over(mine, pack.emergency_pause_hours).filter(lo__lt=area.hi, hi__gt=area.lo).exists():
        raise Refused("emergency_again", hours=pack.emergency_pause_hours)
    if mine.filter(begun__gt=clock.now() - timedelta(days=7)).count() >= pack.emergency_per_week:
        raise Refused("emergency_too_many", limit=pack.emergency_per_week)


def _not_over(rows: QuerySet[EmergencyAccess], hours: int) -> QuerySet[EmergencyAccess]:
    """Those that had not ended so many hours ago."""
    then = clock.now() - timedelta(hours=hours)
    return rows.filter(Q(ended__isnull=True, expires__gt=then) | Q(ended__gt=then))


def end(*, by: Actor, access: EmergencyAccess) -> None:
    """By its holder, or by whoever answers for the place."""
    if by.id != access.by:
        by.require(Permission.REVIEW_EMERGENCY, access.area)
    running = EmergencyAccess.objects.filter(id=access.id, ended__isnull=True, expires__gt=Now())
    if not running.update(ended=Now()):
        raise Refused("emergency_over")
    audit.write_one("emergency_ended", access.id, by=by, grid=access.lo)


def review(*, by: Actor, access: EmergencyAccess, justified: bool, verdict: str) -> None:
    """The judgement of somebody else; an access that is still open ends with it."""
    by.require(Permission.REVIEW_EMERGENCY, access.area)
    by.require_second(access.by)
    if len(verdict.strip()) < SHORTEST:
        raise Refused("emergency_verdict")
    waiting = EmergencyAccess.objects.filter(id=access.id, reviewed__isnull=True)
    if not waiting.update(reviewed=Now(), reviewed_by=by.id, reviewed_name=by.name, justified=justified,
                          verdict=verdict.strip()[:300]):
        raise Refused("emergency_reviewed")
    EmergencyAccess.objects.filter(id=access.id, ended__isnull=True, expires__gt=Now()).update(ended=Now())
    audit.write_one("emergency_reviewed", access.id, by=by, grid=access.lo, justified=justified)


def write_look(*, by: Actor, access: EmergencyAccess, page: str, of: dict[str, str]) -> None:
    """One page opened under it. `of`: the ids in the address, never what was searched for."""
    audit.write_one("emergency_look", access.id, by=by, grid=access.lo, page=page, **of)
