"""Somebody was seen: what lists, gates and tests report, and what a person says about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.audit import Deed, write, write_one
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission
from fengchao.base.places import Area
from fengchao.base.sql import rows
from fengchao.packs import base_pack
from fengchao.people.identity import phone_columns, ric_columns
from fengchao.people.names import initials

from ..models import Sighting, Source
from .keeping import refresh

# Told apart inside a source by the id, else by phone and name, else by name and door.
IDENTITY = """COALESCE(r.ric_blind, decode(md5(encode(r.phone_blind, 'hex') || r.name), 'hex'),
 decode(md5(concat_ws('/', r.name, r.born, COALESCE(r.dwelling::text, r.place))), 'hex'))"""

INSERT = f"""INSERT INTO sightings_sighting (id, grid, source_id, building_id, dwelling_id, name, initials, born,
 ric_sealed, ric_blind, phone_sealed, phone_blind, place, seen_on, expires, identity, dismissed)
SELECT DISTINCT ON (identity) fc_uuid7(), grid, %(source)s, building, dwelling, name, initials, born, ric_sealed,
 ric_blind, phone_sealed, phone_blind, place, seen_on, %(expires)s, identity, ''
FROM (SELECT r.*, {IDENTITY} AS identity FROM {{seen}}) AS told
ORDER BY identity, seen_on DESC, dwelling, place DESC  -- whoever comes twice is taken where a door is named
ON CONFLICT (source_id, identity) DO UPDATE SET seen_on = GREATEST(sightings_sighting.seen_on, excluded.seen_on),
 expires = excluded.expires, grid = excluded.grid, building_id = excluded.building_id,
 dwelling_id = excluded.dwelling_id, place = excluded.place,
 phone_sealed = CASE WHEN excluded.phone_blind IS NULL THEN sightings_sighting.phone_sealed
  ELSE excluded.phone_sealed END,
 phone_blind = COALESCE(excluded.phone_blind, sightings_sighting.phone_blind)"""

TOLD = """(SELECT COALESCE(d.grid, %(community)s) AS grid, d.building_id AS building, d.id AS dwelling, j.name,
  j.initials, j.born, decode(j.ric_sealed, 'hex') AS ric_sealed, decode(j.ric_blind, 'hex') AS ric_blind,
  decode(j.phone_sealed, 'hex') AS phone_sealed, decode(j.phone_blind, 'hex') AS phone_blind, j.place, j.seen_on
 FROM json_to_recordset(%(told)s::json) AS j (name text, initials text, born date, ric_sealed text, ric_blind text,
  phone_sealed text, phone_blind text, dwelling uuid, place text, seen_on date)
 LEFT JOIN people_dwelling d ON d.id = j.dwelling AND d.grid >= %(community)s AND d.grid < %(community)s + 1000) AS r"""


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody on a source: at least an id, a phone or a door beside the name, all cleaned already (see sheets)."""

    name: str
    seen_on: date
    ric: str = ""
    phone: str = ""
    dwelling: UUID | None = None
    born: date | None = None
    place: str = ""


def open_source(*, by: Actor, community: int, name: str, purpose: str, expires: date,
                seen_on: date | None = None) -> Source:
    """A source by its name, new or known; nothing is kept about people without a purpose and an end."""
    by.require(Permission.IMPORT, Area.of(community))
    for field, value in (("来源", name), ("目的", purpose)):
        if not value.strip():
            raise Refused("required", field=field)
    today, longest = clock.today(), base_pack().retention_days
    if not today < expires <= today + timedelta(days=longest) or (seen_on or today) > today:
        raise Refused("source_dates", days=longest)
    source, _ = Source.objects.update_or_create(
        grid=community * 1000, name=name.strip()[:60],
        defaults={"purpose": purpose.strip()[:200], "expires": expires, "seen_on": seen_on or today, "by": by.id,
                  "at": clock.now()},
    )  # fmt: skip
    write_one("source_opened", source.id, by=by, grid=source.grid, until=source.expires)
    return source


def see(*, by: Actor, source: Source, seen: Sequence[Seen]) -> int:
    """What every source calls: people it has seen, in one statement. Seen again is the same row with a later day."""
    by.require(Permission.IMPORT, Area.of(source.grid // 1000))
    told = rows(_told(one) for one in seen if one.ric or one.phone or one.dwelling)
    values: dict[str, Any] = {"source": source.id, "expires": source.expires, "community": source.grid, "told": told}
    with connection.cursor() as cursor:
        cursor.execute(INSERT.format(seen=TOLD), values)
        stored = cursor.rowcount
    refresh(by=by, community=source.grid // 1000)
    write_one("see", source.id, by=by, grid=source.grid, people=stored)
    return stored


def _told(one: Seen) -> dict[str, object]:
    keys = ric_columns(one.ric) | phone_columns(one.phone)
    sealed = {name: value.hex() if value is not None else None for name, value in keys.items() if "tail" not in name}
    return sealed | {
        "name": one.name, "initials": initials(one.name), "born": one.born, "dwelling": one.dwelling,
        "place": one.place[:120], "seen_on": one.seen_on,
    }  # fmt: skip


def dismiss(*, by: Actor, sightings: Sequence[UUID], why: str = "not_here") -> int:
    """Somebody has looked: nobody who lives here. Undone by `reopen`. Whom the register knows meanwhile is left."""
    return _say(by=by, sightings=sightings, action="dismiss_sighting", dismissed=why)


def reopen(*, by: Actor, sightings: Sequence[UUID]) -> int:
    return _say(by=by, sightings=sightings, action="reopen_sighting", dismissed="")


def _say(*, by: Actor, sightings: Sequence[UUID], action: str, dismissed: str) -> int:
    rows_ = list(Sighting.objects.select_for_update().filter(id__in=sightings).order_by("id"))
    if len(rows_) != len(set(sightings)):
        raise Refused("not_found")
    for grid in {row.grid for row in rows_}:
        by.require(Permission.RECORD if by.may(Permission.RECORD, grid) else Permission.EDIT_REGISTER, grid)
    changed = Sighting.objects.filter(id__in=sightings, person=None).update(dismissed=dismissed)
    write((Deed(action, row.id, row.grid, {"why": dismissed}) for row in rows_), by=by)
    return changed
