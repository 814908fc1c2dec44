"""Two rows of the register are one person, who counts once in every campaign; or they are not after all.

Of the tasks of one person the one counts that was done, else the person's own. The others stay among the excluded
ones with the reason, and know whether they were done. Both ways are the same statement: it is asked anew who is one.
"""

from collections.abc import Sequence
from uuid import UUID

from fengchao.base.actor import Actor
from fengchao.base.audit import Deed, write
from fengchao.base.sql import run, uuid_array

from ..models import MERGED, MERGED_DONE, Task
from .following import REACHES, follow_people

# A task of a row that vanished may stand for the person who lives in the campaign's reach and has none there: what it
# is about (an age, a registered address) stood in that row alone.
COUNT_ONCE = f"""WITH RECURSIVE one (id, person) AS (
 SELECT p.id, p.id FROM people_person p WHERE p.id = ANY (%(people)s::uuid[])
 UNION ALL SELECT p.id, o.person FROM people_person p JOIN one o ON p.merged_into_id = o.id),
found AS (SELECT t.id, o.person, t.campaign_id, t.person_id = o.person AS own,
  t.state = 1 OR t.excluded = %(done)s AS done,
  {REACHES} AND NOT EXISTS (SELECT FROM work_task w WHERE w.campaign_id = t.campaign_id AND w.person_id = o.person)
   AS instead
 FROM one o JOIN people_person p ON p.id = o.person JOIN work_task t ON t.person_id = o.id
 JOIN work_campaign c ON c.id = t.campaign_id
 WHERE c.state <> 'closed' AND (t.state < 2 OR t.excluded IN (%(open)s, %(done)s))),
ranked AS (SELECT id, done, (done OR own OR instead) AND row_number() OVER (
  PARTITION BY person, campaign_id ORDER BY done DESC, own DESC, id) = 1 AS counts FROM found)
UPDATE work_task t SET version = t.version + 1,
 state = CASE WHEN NOT r.counts THEN 2 WHEN r.done THEN 1 ELSE 0 END,
 excluded = CASE WHEN r.counts THEN '' WHEN r.done THEN %(done)s ELSE %(open)s END
FROM ranked r WHERE r.id = t.id AND r.counts = (t.state = 2) RETURNING t.id, t.grid, t.state"""


def count_once(people: Sequence[UUID], by: Actor) -> None:
    """Each of these is one person, with all rows that point to them."""
    _decide(people, by)
    follow_people(people, by)  # who moved meanwhile, or has become one of those a campaign is about
    _decide(people, by)  # and has a task of their own since


def _decide(people: Sequence[UUID], by: Actor) -> None:
    changed = run(COUNT_ONCE, {"people": uuid_array(people), "open": MERGED, "done": MERGED_DONE}).fetchall()
    write((Deed("exclude" if state == Task.State.EXCLUDED else "include", id_, grid, {"reason": MERGED})
           for id_, grid, state in changed), by=by)
