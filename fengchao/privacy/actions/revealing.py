"""A masked number is shown in full only to somebody who says what for; the person may know who looked."""

from datetime import timedelta
from uuid import UUID

from django.db import connection

from fengchao import packs
from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.audit import write_one
from fengchao.base.crypto import unseal
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission
from fengchao.base.scope import acting
from fengchao.people.models import Person
from fengchao.sightings.models import Sighting

from ..models import AccessLog

MASKED = {"ric": "ric_sealed", "phone": "phone_sealed", "hukou": "hukou"}
OTHER = "other"
SHORTEST = 2  # characters of a purpose in one's own words


def reveal(*, by: Actor, person: UUID, what: str, purpose: str, note: str = "") -> str:
    """The whole of a masked column of a person, or of somebody who was sighted.

    `purpose` is one of the pack's, or "other" with a note.

    The log and the answer share a transaction: nobody reads without being written down.
    """
    _require_purpose(purpose, note)
    row = Person.objects.filter(id=person).first() or Sighting.objects.filter(id=person).first()
    if row is None:
        raise Refused("not_found")
    if what not in MASKED or not hasattr(row, MASKED[what]):
        raise Refused("bad_request")
    by.require(Permission.REVEAL, row.grid)
    _require_measure(by)
    AccessLog.objects.create(grid=row.grid, building=row.building_id, person=row.id, what=what, purpose=purpose,
                             note=note.strip()[:200], by=by.id, by_name=by.name)
    with acting(by, purpose=packs.base_pack().purposes[purpose].zh):
        write_one("reveal", person, by=by, grid=row.grid, what=what)
    value = getattr(row, MASKED[what])
    return value if isinstance(value, str) else unseal(value)


def _require_purpose(purpose: str, note: str) -> None:
    if purpose not in packs.base_pack().purposes or (purpose == OTHER and len(note.strip()) < SHORTEST):
        raise Refused("purpose_needed")


def _require_measure(by: Actor) -> None:
    """So many an hour; a lock for the person who asks keeps parallel requests from passing together."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [f"reveal {by.id}"])
    limit = packs.base_pack().reveals_per_hour
    recent = AccessLog.objects.filter(by=by.id, at__gt=clock.now() - timedelta(hours=1)).count()
    if recent >= limit:
        raise Refused("too_many_reveals", limit=limit)
