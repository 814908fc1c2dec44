"""Tasks go along with their doors as far as their campaign reaches, and are closed out where it does not; what was
recorded, and a campaign that is over, stay where they happened. Given to areas at start (see apps.py)."""

from fengchao.areas.moving import Follower

from .actions import following, grounds
from .actions.grounds import GOES_ALONG, INSIDE
from .models import LEFT_AREA, LEFT_AREA_DONE

# First of all, and in the order in which phones' records take them: whoever is recording at one of these doors ends
# before, and whoever comes next waits; so nobody waits for a door while holding a counter.
LOCK = """SELECT FROM work_task t WHERE t.grid = ANY (%(left)s)
 AND EXISTS (SELECT FROM regrid_row m WHERE m.was = t.grid
  AND m.row = COALESCE(t.building_id, t.premises_id, t.person_id)) ORDER BY t.id FOR UPDATE"""

GOING_ON = "t.grid = ANY (%(left)s) AND t.grid = m.was AND c.id = t.campaign_id AND c.state <> 'closed'"
REACHED = INSIDE.format(grid="m.becomes")
CAME_FROM = INSIDE.format(grid="m.was")

# Counters follow by their trigger. What is assigned or claimed stays so: the office sees whose it was.
FOLLOW = """UPDATE work_task t SET grid = m.becomes FROM regrid_row m, work_campaign c
WHERE m.kind = '{kind}' AND {same} AND {going_on} AND {reached}"""
# One task a door, where its campaign looks for it: it stays among the excluded ones, and knows what it was.
LEAVE = """UPDATE work_task t SET state = 2, excluded = CASE t.state WHEN 0 THEN '{left}' ELSE '{left_done}' END,
 version = t.version + 1 FROM regrid_row m, work_campaign c
WHERE m.kind = '{kind}' AND {same} AND {going_on} AND NOT ({reached}) AND t.state <> 2"""
SAME = {"building": "t.building_id = m.row",
        **{kind: f"t.{kind}_id = m.row AND t.building_id IS NULL" for kind in ("premises", "person")}}

TASKS = """SELECT m.was, m.becomes, count(*) FROM work_task t JOIN work_campaign c ON c.id = t.campaign_id
JOIN regrid_row m ON m.kind = 'building' AND m.row = t.building_id AND m.was = t.grid
WHERE t.grid = ANY (%(left)s) AND c.state = 'running' AND {which} GROUP BY 1, 2"""
# As many as there are doors: which of them a campaign about some doors takes in is known when they are there.
JOINING = f"""SELECT m.was, m.becomes, count(*) FROM people_dwelling d
JOIN regrid_row m ON m.kind = 'building' AND m.row = d.building_id AND m.was = d.grid
JOIN work_campaign c ON {REACHED} AND NOT ({CAME_FROM})
WHERE d.grid = ANY (%(left)s) AND c.state = 'running' AND c.subject = 'dwelling' GROUP BY 1, 2"""


def _each(statement: str) -> tuple[str, ...]:
    return tuple(statement.format(kind=kind, same=same, going_on=GOING_ON, reached=REACHED, left=LEFT_AREA,
                                  left_done=LEFT_AREA_DONE) for kind, same in SAME.items())


FOLLOWER = Follower(
    locks=(LOCK,),
    moves=(*_each(FOLLOW), *_each(LEAVE)),
    counts={"open_tasks": TASKS.format(which="t.state = 0"),
            "leaving": TASKS.format(which=f"t.state <> 2 AND NOT ({REACHED} OR {GOES_ALONG})"),
            "joining": JOINING},
    first=grounds.follow, first_back=grounds.unfollow,
    moved=following.after_move, untold=following.after_undoing,
)
