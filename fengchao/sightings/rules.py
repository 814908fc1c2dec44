"""The three lists as conditions, written once: the pages show them, and `work` makes and closes tasks by them.

{s} is a row of sightings_sighting, {p} one of people_person. Each %s is the day since when.
"""

from datetime import date, timedelta

from fengchao.base import clock

NOT_REGISTERED = "{s}.person_id IS NULL AND {s}.dismissed = ''"

# Only where some source has an eye: a list of one compound says nothing about another. As sets, which are read once
# whatever the planner knows of a table just filled: with EXISTS a community of 12,800 took five seconds.
UNSEEN = """{p}.id NOT IN
  (SELECT n.person_id FROM sightings_sighting n WHERE n.person_id IS NOT NULL AND n.seen_on > %s)
 AND ({p}.confirmed IS NULL OR {p}.confirmed <= %s)
 AND {p}.building_id IN (SELECT o.building_id FROM sightings_sighting c JOIN people_person o ON o.id = c.person_id
  WHERE c.seen_on > %s)"""

# Seen at another door than the registered one, or registered in another community too.
TWO_PLACES = """({p}.id IN (SELECT e.person_id FROM sightings_sighting e JOIN people_person r ON r.id = e.person_id
   WHERE e.dwelling_id <> r.dwelling_id AND e.dismissed = '')
 OR EXISTS (SELECT FROM people_person o WHERE o.ric_blind = {p}.ric_blind AND o.id <> {p}.id
   AND o.merged_into_id IS NULL AND o.presence <> 'left'))"""


def unseen(days: int) -> list[date]:
    """The parameters of UNSEEN."""
    return [clock.today() - timedelta(days=days)] * 3
