"""Opening an emergency access, ending it, judging it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from fengchao import packs
from fengchao.areas.models import Overlay
from fengchao.areas.queries import exists
from fengchao.base import audit, clock
from fengchao.base.actor import Actor
from fengchao.base.audit import Deed
from fengchao.base.errors import Refused
from fengchao.base.ids import uuid7
from fengchao.base.places import Area, common, community_of, ground

from ..roles import EMERGENCY
from .models import EmergencyAccess
from .queries import answers, live_of, own, together, told_of

WIDEST = 1000  # grid codes of one community
SHORTEST, LONGEST = 4, 200  # characters of what happened, in one's own words


def begin(*, by: Actor, where: Area | Overlay, reason: str, words: str) -> EmergencyAccess:
    """For somebody with a duty somewhere, who may not look there anyway. It shows nothing yet: see `page`.

    The first of its rows stands for all of them.
    """
    if by.id is None or not by.grants:
        raise Refused("no_duty")
    if reason not in packs.base_pack().emergency_reasons or not SHORTEST <= len(words.strip()) <= LONGEST:
        raise Refused("emergency_reason")
    area, overlay = _ground_of(where)
    if area.grids > WIDEST:
        raise Refused("emergency_place")
    if all(by.may(permission, area) for permission in EMERGENCY):
        raise Refused("emergency_needless")
    parts = by_community(area)
    if not all(told_of(part, by.id) for part in parts):
        raise Refused("emergency_nobody")
    _require_measure(by, area)
    opening, expires = uuid7(), clock.now() + timedelta(hours=packs.base_pack().emergency_hours)
    opened = EmergencyAccess.objects.bulk_create(EmergencyAccess(
        opening=opening, by=by.id, by_name=by.name, grid=part.lo, ground=part.parts, overlay=overlay, reason=reason,
        words=words.strip(), expires=expires) for part in parts)
    audit.write(_deeds("emergency_begun", opened, code=str(opened[0].code), reason=reason), by=by)
    return opened[0]


def _ground_of(where: Area | Overlay) -> tuple[Area, Any]:
    if isinstance(where, Overlay):
        if not where.areas or not where.in_force(clock.today()):
            raise Refused("emergency_place")
        return where.ground, where.id
    if not exists(where):
        raise Refused("emergency_place")
    return where, None


def by_community(area: Area) -> list[Area]:
    """What of it lies in each of its communities."""
    inside = {code for part in area.parts for code in range(community_of(part.lo), community_of(part.hi - 1) + 1)}
    return [ground(common(area.parts, [Area.of(code)])) for code in sorted(inside)]


def _require_measure(by: Actor, area: Area) -> None:
    """One at a time, a pause before the same place, so many a week; the lock keeps parallel requests apart."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 2))", [f"emergency {by.id}"])
    pack, mine = packs.base_pack(), own(by)
    if live_of(by):
        raise Refused("emergency_running")
    _running(mine).update(ended=Now())  # of an overlay that ended: drawn anew, it must not come back beside the next
    then = clock.now() - timedelta(hours=pack.emergency_pause_hours)
    recent = mine.filter(Q(ended__isnull=True, expires__gt=then) | Q(ended__gt=then))
    if recent.filter(ground__meets=area).exists():
        raise Refused("emergency_again", hours=pack.emergency_pause_hours)
    week = mine.filter(begun__gt=clock.now() - timedelta(days=7)).values("opening").distinct()
    if week.count() >= pack.emergency_per_week:
        raise Refused("emergency_too_many", limit=pack.emergency_per_week)


def _running(rows: QuerySet[EmergencyAccess]) -> QuerySet[EmergencyAccess]:
    return rows.filter(ended__isnull=True, expires__gt=Now())


def end(*, by: Actor, access: EmergencyAccess) -> None:
    """By its holder, or by whoever answers for the place: of an overlay, in the communities they answer for."""
    if by.id != access.by:
        _require_answers(by, access)
    ending = list(_running(together(access, by)))
    if not ending:
        raise Refused("emergency_over")
    EmergencyAccess.objects.filter(id__in=[row.id for row in ending]).update(ended=Now())
    audit.write(_deeds("emergency_ended", ending), by=by)


def _require_answers(by: Actor, access: EmergencyAccess) -> None:
    if not answers(by, access):
        raise Refused("not_allowed")


def review(*, by: Actor, access: EmergencyAccess, justified: bool, verdict: str) -> None:
    """The judgement of somebody else, for all they answer for; what is still open of it ends with it."""
    _require_answers(by, access)
    by.require_second(access.by)
    if len(verdict.strip()) < SHORTEST:
        raise Refused("emergency_verdict")
    waiting = list(together(access, by).filter(reviewed__isnull=True).select_for_update())
    if access.id not in {row.id for row in waiting}:
        raise Refused("emergency_reviewed")
    judged = EmergencyAccess.objects.filter(id__in=[row.id for row in waiting])
    judged.update(reviewed=Now(), reviewed_by=by.id, reviewed_name=by.name, justified=justified,
                  verdict=verdict.strip()[:300])
    _running(judged).update(ended=Now())
    audit.write(_deeds("emergency_reviewed", waiting, justified=justified), by=by)


def write_look(*, by: Actor, opened: Sequence[EmergencyAccess], page: str, of: dict[str, str]) -> None:
    """One page opened under it. `of`: the ids in the address, never what was searched for."""
    audit.write(_deeds("emergency_look", opened, page=page, **of), by=by)


def _deeds(deed: str, rows: Sequence[EmergencyAccess], **detail: Any) -> list[Deed]:
    """One in the trail of each community."""
    return [Deed(deed, row.id, row.grid, detail) for row in rows]
