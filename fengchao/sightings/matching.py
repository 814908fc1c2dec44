"""Holds sightings against the register, in SQL: the same id; else the same phone and name; else the same door and name.

Birth dates must not contradict, two ids must not differ, and two people who fit equally well fit neither. A name
alone, its pinyin, or a phone under another name are hints for a person to judge (queries.hints), never a match.
"""

from django.db import connection

from fengchao.base.sql import read_once

INSIDE = "s.grid >= %(lo)s AND s.grid < %(hi)s"
LIVING = "p.grid >= %(lo)s AND p.grid < %(hi)s AND p.merged_into_id IS NULL AND p.presence <> 'left'"

# Who has left, was merged or has moved out of the community is looked for anew.
FORGET = f"""UPDATE sightings_sighting s SET person_id = NULL WHERE {INSIDE} AND s.person_id IS NOT NULL
 AND NOT EXISTS (SELECT FROM people_person p WHERE p.id = s.person_id AND {LIVING})"""

BY_ID = f"""UPDATE sightings_sighting s SET person_id = p.id FROM people_person p
WHERE {INSIDE} AND s.person_id IS NULL AND p.ric_blind = s.ric_blind AND p.grid / 1000 = %(lo)s / 1000 AND {LIVING}"""

BY_LIKENESS = f"""WITH candidate AS (
 SELECT s.id, p.id AS person FROM sightings_sighting s JOIN people_person p ON {{same}} AND p.name = s.name
 WHERE {INSIDE} AND s.person_id IS NULL AND {LIVING}
  AND (p.ric_blind IS NULL OR s.ric_blind IS NULL) AND (p.born IS NULL OR s.born IS NULL OR p.born = s.born)
), alone AS (SELECT id, (array_agg(person))[1] AS person FROM candidate GROUP BY id HAVING count(*) = 1)
UPDATE sightings_sighting s SET person_id = alone.person FROM alone WHERE s.id = alone.id AND {INSIDE}"""

STEPS = (FORGET, BY_ID, BY_LIKENESS.format(same="p.phone_blind = s.phone_blind"),
         BY_LIKENESS.format(same="p.dwelling_id = s.dwelling_id"))


def match(community: int) -> None:
    """Every sighting of a community, against the register as it is now."""
    values = {"lo": community * 1000, "hi": (community + 1) * 1000}
    with read_once(), connection.cursor() as cursor:
        for step in STEPS:
            cursor.execute(step, values)
