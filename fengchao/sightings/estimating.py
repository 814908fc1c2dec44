"""From the register and the sources of a community to the counts that the engine `capture` reads."""

from math import ceil, floor
from typing import Any

from django.db import connection

from fengchao.engines.capture import CannotSay, Estimate, Histories, estimate

REGISTER = "register"  # the first source; the others have the name a person gave them
MOST = 30              # sources of a community that count, the latest: one bit each

# Whoever has no row in the register is told apart by the identity they have on the sources. The community's rows are
# read once: asked source by source, whoever looks after a whole district reads all of its rows for every source.
HISTORIES = """WITH inside AS MATERIALIZED (
 SELECT source_id, dismissed, COALESCE(person_id::text, encode(identity, 'hex')) AS who FROM sightings_sighting
 WHERE grid >= %(lo)s AND grid < %(hi)s
), source AS (
 SELECT id, name, row_number() OVER (ORDER BY seen_on DESC, id) AS nth FROM sightings_source
 WHERE grid = %(lo)s AND id IN (SELECT source_id FROM inside)
), seen AS (
 SELECT i.who, 1::bigint << o.nth::int AS bit FROM inside i JOIN source o ON o.id = i.source_id AND o.nth <= %(most)s
 WHERE i.dismissed = ''
 UNION ALL
 SELECT p.id::text, 1 FROM people_person p
 WHERE p.grid >= %(lo)s AND p.grid < %(hi)s AND p.merged_into_id IS NULL AND p.presence <> 'left'
), person AS (SELECT bit_or(bit) AS mask FROM seen GROUP BY who)
SELECT mask, count(*), (SELECT array_agg(name ORDER BY nth) FROM source WHERE nth <= %(most)s)
FROM person GROUP BY mask"""


def histories(community: int) -> Histories:
    with connection.cursor() as cursor:
        cursor.execute(HISTORIES, {"lo": community * 1000, "hi": (community + 1) * 1000, "most": MOST})
        rows = cursor.fetchall()
    names = (rows[0][2] or []) if rows else []
    return Histories((REGISTER, *names), {mask: n for mask, n, _ in rows})


def columns(found: Histories) -> dict[str, Any]:
    """What the table keeps of an estimate."""
    said = estimate(found)
    strangers = [sum(n for mask, n in found.counts.items() if mask >> i & 1 and not mask & 1)
                 for i in range(len(found.sources))]
    values: dict[str, Any] = {
        "registered": found.on(0), "seen": found.seen, "total": 0, "low": 0, "high": 0, "method": "", "why": "",
        "assumptions": [], "dependent": [],
        "sources": [[name, found.on(i), strangers[i]] for i, name in enumerate(found.sources) if i],
    }  # fmt: skip
    if isinstance(said, CannotSay):
        return values | {"why": said.why}
    return values | _said(said)


def _said(said: Estimate) -> dict[str, Any]:
    return {
        "total": round(said.total), "low": floor(said.low), "high": ceil(said.high), "method": said.method,
        "assumptions": list(said.assumptions),
        "dependent": [[said.sources[a], said.sources[b]] for a, b in said.dependent],
    }  # fmt: skip
