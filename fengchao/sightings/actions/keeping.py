"""Sightings are held against the register again when either has changed, and forgotten when they have expired."""

from typing import Any

from django.db import connection

from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.audit import Deed, write
from fengchao.base.permissions import Permission
from fengchao.base.places import Area

from ..estimating import columns, histories
from ..matching import match
from ..models import Estimate, Sighting, Source


def refresh(*, by: Actor, community: int) -> Estimate:
    """Matches anew and keeps what follows for the estimate, so that no page has to reckon."""
    by.require(Permission.SEE_PEOPLE, Area.of(community))
    _one_at_a_time(community)
    safe = _safe_tx()
    match(community)
    values: dict[str, Any] = columns(histories(community)) | {"at": clock.now(), "register_tx": safe}
    row, _ = Estimate.objects.update_or_create(grid=community * 1000, defaults=values)
    return row


def _one_at_a_time(community: int) -> None:
    """A list that comes in and the job that looks for changes would lock the same rows in another order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('sightings', %s))", [community])


def _safe_tx() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT fc_tx_safe()")
        return int(cursor.fetchone()[0])


CHANGED = """SELECT e.grid / 1000 FROM sightings_estimate e
WHERE EXISTS (SELECT FROM people_person p WHERE p.grid >= e.grid AND p.grid < e.grid + 1000 AND p.tx >= e.register_tx)
 OR EXISTS (SELECT FROM sightings_sighting s WHERE s.grid >= e.grid AND s.grid < e.grid + 1000
  AND s.tx >= e.register_tx)"""


def refresh_changed(*, by: Actor) -> int:
    """Every community whose register or sightings were written since the last time. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGED)
        communities = [row[0] for row in cursor.fetchall()]
    for community in communities:
        refresh(by=by, community=community)
    return len(communities)


GONE = """WITH gone AS (DELETE FROM sightings_sighting WHERE expires < %s RETURNING source_id)
SELECT s.id, s.grid, count(*) FROM gone JOIN sightings_source s ON s.id = gone.source_id GROUP BY 1, 2"""


def forget_expired(*, by: Actor) -> int:
    """Erases what has expired; a source that holds nobody any more goes too. Returns how many people's rows."""
    with connection.cursor() as cursor:
        cursor.execute(GONE, [clock.today()])
        erased = cursor.fetchall()
    empty = Source.objects.filter(expires__lt=clock.today())
    empty.exclude(id__in=Sighting.objects.values("source")).delete()
    for community in {grid // 1000 for _, grid, _ in erased}:
        refresh(by=by, community=community)
    write([Deed("forget_sightings", source, grid, {"people": n}) for source, grid, n in erased], by=by)
    return sum(n for _, _, n in erased)
