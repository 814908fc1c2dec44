"""Tasks go along with their doors; what was recorded, and a campaign that is over, stay where they happened. Given to
areas at start (see apps.py)."""

from fengchao.areas.moving import Follower

from .actions import grounds

# First of all, and in the order in which phones' records take them: whoever is recording at one of these doors ends
# before, and whoever comes next waits; so nobody waits for a door while holding a counter.
LOCK = "SELECT FROM work_task t WHERE t.grid = ANY (%(left)s) ORDER BY t.id FOR UPDATE"

# Counters follow by their trigger. What is assigned or claimed stays so: the office sees whose it was.
GOING_ON = """t.grid = ANY (%(left)s) AND t.grid = m.was
 AND t.campaign_id IN (SELECT id FROM work_campaign WHERE state <> 'closed')"""
BY_BUILDING = """UPDATE work_task t SET grid = m.becomes FROM regrid_row m
WHERE m.kind = 'building' AND t.building_id = m.row AND """ + GOING_ON
BY_SUBJECT = """UPDATE work_task t SET grid = m.becomes FROM regrid_row m
WHERE m.kind = '{kind}' AND t.{kind}_id = m.row AND t.building_id IS NULL AND """ + GOING_ON

# Somebody stated that nothing remains in a place; now an open door has come into it.
SIGNED = """UPDATE work_signoff s SET withdrawn = now() WHERE s.withdrawn IS NULL
AND s.campaign_id IN (SELECT id FROM work_campaign WHERE state = 'running') AND EXISTS (
 SELECT FROM (SELECT DISTINCT becomes FROM regrid_row) m JOIN work_counter c ON c.grid = m.becomes
 WHERE c.campaign_id = s.campaign_id AND c.state = 0 AND c.n > 0 AND m.becomes >= s.lo AND m.becomes < s.hi)"""

OPEN_TASKS = """SELECT m.was, m.becomes, count(*) FROM work_task t JOIN work_campaign c ON c.id = t.campaign_id
JOIN regrid_row m ON m.kind = 'building' AND m.row = t.building_id AND m.was = t.grid
WHERE t.grid = ANY (%(left)s) AND t.state = 0 AND c.state = 'running' GROUP BY 1, 2"""

FOLLOWER = Follower(
    locks=(LOCK,),
    moves=(BY_BUILDING, BY_SUBJECT.format(kind="premises"), BY_SUBJECT.format(kind="person"), SIGNED),
    counts={"open_tasks": OPEN_TASKS},
    told=grounds.follow,
    untold=grounds.unfollow,
)
