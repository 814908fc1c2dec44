"""Who or what a campaign is about: its conditions as one INSERT of tasks.

`where` is data of the campaign, each key with a meaning here: states (of dwellings), buildings, tags (any of), ages
(from, to), presence, hukou (words in the registered address), unconfirmed_days (nobody has verified the door or the
person for so long), unseen_days (no other source has seen them for so long), two_places, kinds (of premises), sources
(who saw them), door (known, unknown), unasked (they are in no other campaign that runs). Unknown keys are refused when
the campaign is declared.
"""

from collections.abc import Callable
from typing import Any

from fengchao.base.errors import Refused
from fengchao.sightings import rules

from .models import Campaign

Condition = tuple[str, list[Any]]

WALK = "b.seq::bigint * 4294967296 + d.walk"

DWELLING = f"""SELECT d.grid, d.building_id, d.id, NULL::uuid, NULL::uuid, NULL::uuid, {WALK},
 CASE WHEN d.state IN ('gone', 'not_home') THEN d.state ELSE '' END
FROM people_dwelling d JOIN people_building b ON b.id = d.building_id
WHERE d.grid >= %s AND d.grid < %s AND d.tx >= %s"""

PERSON = f"""SELECT p.grid, p.building_id, p.dwelling_id, p.id, NULL::uuid, NULL::uuid,
 COALESCE({WALK}, 0), ''
FROM people_person p LEFT JOIN people_dwelling d ON d.id = p.dwelling_id
LEFT JOIN people_building b ON b.id = p.building_id
WHERE p.grid >= %s AND p.grid < %s AND p.tx >= %s AND p.merged_into_id IS NULL AND p.presence <> 'left'"""

WALK_PREMISES = "COALESCE(b.seq, 0)::bigint * 4294967296 + s.walk"
PREMISES = f"""SELECT s.grid, s.building_id, NULL::uuid, NULL::uuid, s.id, NULL::uuid, {WALK_PREMISES}, ''
FROM people_premises s LEFT JOIN people_building b ON b.id = s.building_id
WHERE s.grid >= %s AND s.grid < %s AND s.tx >= %s AND s.closed IS NULL"""

SIGHTING = f"""SELECT s.grid, s.building_id, s.dwelling_id, NULL::uuid, NULL::uuid, s.id, COALESCE({WALK}, 0), ''
FROM sightings_sighting s LEFT JOIN people_dwelling d ON d.id = s.dwelling_id
LEFT JOIN people_building b ON b.id = s.building_id
WHERE s.grid >= %s AND s.grid < %s AND s.tx >= %s AND {rules.NOT_REGISTERED.format(s="s")}"""

# An excluded row stands in the campaign with its reason, so that the denominator can be explained door by door.
COLUMNS = "grid, building, dwelling, person, premises, sighting, place, excluded"
INSERT = """INSERT INTO work_task (id, campaign_id, grid, building_id, dwelling_id, person_id, premises_id,
 sighting_id, place, state, excluded, due, escalate_at, outcome, attempts, level, version)
SELECT fc_uuid7(), %s, q.grid, q.building, q.dwelling, q.person, q.premises, q.sighting, q.place,
 CASE WHEN q.excluded = '' THEN 0 ELSE 2 END, q.excluded, %s, %s, '', 0, 0, 1
FROM ({subjects}) AS q ({columns})
ON CONFLICT DO NOTHING"""

_DWELLING: dict[str, Callable[[Any], Condition]] = {
    "states": lambda v: ("d.state = ANY (%s)", [list(v)]),
    "buildings": lambda v: ("d.building_id = ANY (%s::uuid[])", [list(v)]),
    "unconfirmed_days": lambda v: ("(d.confirmed IS NULL OR d.confirmed < now() - make_interval(days => %s))",
                                   [int(v)]),
    "tags": lambda v: ("EXISTS (SELECT FROM people_person p JOIN people_caretag t ON t.person_id = p.id"
                       " WHERE p.dwelling_id = d.id AND t.until IS NULL AND t.code = ANY (%s))", [list(v)]),
}

_PERSON: dict[str, Callable[[Any], Condition]] = {
    "buildings": lambda v: ("p.building_id = ANY (%s::uuid[])", [list(v)]),
    "presence": lambda v: ("p.presence = ANY (%s)", [list(v)]),
    "ages": lambda v: ("p.born <= now() - make_interval(years => %s) AND p.born > now() - make_interval(years => %s)",
                       [int(v[0]), int(v[1]) + 1]),
    "hukou": lambda v: ("position(%s IN p.hukou) > 0", [str(v)]),
    "unconfirmed_days": lambda v: ("(p.confirmed IS NULL OR p.confirmed < now() - make_interval(days => %s))",
                                   [int(v)]),
    "unseen_days": lambda v: (rules.UNSEEN.format(p="p"), rules.unseen(int(v))),
    "two_places": lambda v: (rules.TWO_PLACES.format(p="p"), []),
    "tags": lambda v: ("EXISTS (SELECT FROM people_caretag t WHERE t.person_id = p.id AND t.until IS NULL"
                       " AND t.code = ANY (%s))", [list(v)]),
}

_PREMISES: dict[str, Callable[[Any], Condition]] = {
    "kinds": lambda v: ("s.kind = ANY (%s)", [list(v)]),
    "buildings": lambda v: ("s.building_id = ANY (%s::uuid[])", [list(v)]),
}

_DOOR = {"known": "NOT NULL", "unknown": "NULL"}
_SIGHTING: dict[str, Callable[[Any], Condition]] = {
    "sources": lambda v: ("s.source_id = ANY (%s::uuid[])", [list(v)]),
    "door": lambda v: (f"s.dwelling_id IS {_DOOR[v]}", []),
    "unasked": lambda v: ("""NOT EXISTS (SELECT FROM work_task o JOIN work_campaign r ON r.id = o.campaign_id
 WHERE o.sighting_id = s.id AND r.state <> 'closed')""", []),
}

WHEN_HANDED_OUT = frozenset(_SIGHTING)  # who of a list was meant then: that this changes settles nothing

_SUBJECTS = {
    Campaign.Subject.DWELLING: (DWELLING, _DWELLING),
    Campaign.Subject.PERSON: (PERSON, _PERSON),
    Campaign.Subject.PREMISES: (PREMISES, _PREMISES),
    Campaign.Subject.SIGHTING: (SIGHTING, _SIGHTING),
}


def select(subject: str, where: dict[str, Any], lo: int, hi: int, since: int = 0) -> Condition:
    """The query of the subjects in lo..hi written since a transaction, with its parameters.

    Raises Refused "invalid" for an unknown condition.
    """
    base, known = _SUBJECTS[Campaign.Subject(subject)]
    sql, params = base, [lo, hi, since]
    for key, value in sorted(where.items()):
        if key not in known:
            raise Refused("invalid", field=key[:20])
        try:
            condition, values = known[key](value)
        except (TypeError, ValueError, LookupError) as error:
            raise Refused("invalid", field=key[:20]) from error
        sql, params = f"{sql} AND {condition}", params + values
    return sql, params
