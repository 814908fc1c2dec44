"""What becomes of tasks and signatures when a place or somebody who is to be visited has moved, in its transaction.

Doors and people that came into the area of a campaign are tasks of it at once; those that went out of it stay among
its excluded tasks, with the reason, and count again when they come back.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from fengchao.areas.models import Regridding
from fengchao.base.actor import Actor
from fengchao.base.audit import Deed, write
from fengchao.base.places import Area, common
from fengchao.base.sql import uuid_array

from ..models import LEFT_AREA, LEFT_AREA_DONE, MOVED_AWAY, OF_THE_DOOR, Campaign
from ..subjects import WALK
from .campaigns import make_tasks
from .grounds import INSIDE

CAME_IN = f"{INSIDE.format(grid='m.becomes')} AND NOT ({INSIDE.format(grid='m.was')})"
ENTERED = f"""SELECT c.id, min(m.becomes), max(m.becomes) + 1 FROM work_campaign c JOIN regrid_row m ON {CAME_IN}
WHERE c.state = 'running' GROUP BY 1"""

# Those that had left, or were excluded in another grid before they did.
RETURN = """UPDATE work_task t SET grid = m.becomes, version = t.version + 1,
 state = CASE t.excluded WHEN %(left)s THEN 0 WHEN %(done)s THEN 1 ELSE t.state END,
 excluded = CASE WHEN t.excluded IN (%(left)s, %(done)s) THEN '' ELSE t.excluded END
FROM regrid_row m, work_campaign c, {table} s
WHERE c.id = ANY (%(campaigns)s::uuid[]) AND {came_in}
 AND (m.kind = 'building' AND s.building_id = m.row{alone})
 AND t.{kind}_id = s.id AND t.campaign_id = c.id AND t.state = 2 AND {only}"""
ALONE = " OR m.kind = '{kind}' AND s.id = m.row"
RETURNS = (
    RETURN.format(kind="dwelling", table="people_dwelling", alone="", came_in=CAME_IN,
                  only=OF_THE_DOOR.format("t")),
    *(RETURN.format(kind=kind, table=f"people_{kind}", alone=ALONE.format(kind=kind), came_in=CAME_IN, only=only)
      for kind, only in (("person", "t.person_id IS NOT NULL"),
                         ("premises", "t.premises_id IS NOT NULL AND s.closed IS NULL"))),
    RETURN.format(kind="sighting", table="sightings_sighting", alone="", came_in=CAME_IN,
                  only="t.sighting_id IS NOT NULL"),
)

# They moved out of the area, and now the door they moved to has come into it.
FOUND_AGAIN = """SELECT DISTINCT p.id FROM work_task t JOIN people_person p ON p.id = t.person_id
JOIN regrid_row m ON m.kind = 'building' AND m.row = p.building_id
WHERE t.campaign_id = ANY (%s::uuid[]) AND t.state = 2 AND t.excluded = %s"""


def after_move(regridding: Regridding | None, by: Actor) -> None:
    """`areas.moving` has moved the rows of `regrid_row`."""
    with connection.cursor() as cursor:
        cursor.execute(ENTERED)
        entered = {id_: (lo, hi) for id_, lo, hi in cursor.fetchall()}
        for statement in RETURNS if entered else ():
            cursor.execute(statement, {"left": LEFT_AREA, "done": LEFT_AREA_DONE, "campaigns": uuid_array(entered)})
        if entered:
            cursor.execute(FOUND_AGAIN, [uuid_array(entered), MOVED_AWAY])
            follow_people([person for person, in cursor.fetchall()], by)
        for campaign in Campaign.objects.filter(id__in=entered):
            _make(campaign, *entered[campaign.id])
        cursor.execute("SELECT DISTINCT becomes FROM regrid_row")
        came = [grid for grid, in cursor.fetchall()]
    signed("withdraw_sign_off", FOR_A_REGRIDDING, {"with": regridding.id if regridding else None, "grids": came}, by)


# Somebody stated that nothing remains in a place; now an open door has come into it.
WITHDRAW = """UPDATE work_signoff s SET withdrawn = now(), went_with = {with_} WHERE s.withdrawn IS NULL
AND s.campaign_id IN (SELECT id FROM work_campaign WHERE state = 'running') AND EXISTS (
 SELECT FROM work_counter c WHERE c.grid = ANY (%(grids)s) AND c.campaign_id = s.campaign_id AND c.state = 0 AND c.n > 0
 AND c.grid >= s.lo AND c.grid < s.hi) RETURNING s.campaign_id, s.lo, s.hi"""
FOR_A_REGRIDDING = WITHDRAW.format(with_="%(with)s")
FOR_SOMEBODY = WITHDRAW.format(with_="""(SELECT t.person_id FROM work_task t WHERE t.campaign_id = s.campaign_id
 AND t.person_id = ANY (%(people)s::uuid[]) AND t.state = 0 AND t.grid >= s.lo AND t.grid < s.hi
 ORDER BY t.id LIMIT 1)""")
# It is true again: unless a door was opened there since, or somebody signed anew.
RESTORE = """UPDATE work_signoff s SET withdrawn = NULL, went_with = NULL WHERE {undone}
AND NOT EXISTS (SELECT FROM work_counter c WHERE c.campaign_id = s.campaign_id AND c.state = 0 AND c.n > 0
 AND c.grid >= s.lo AND c.grid < s.hi)
AND NOT EXISTS (SELECT FROM work_signoff o WHERE o.campaign_id = s.campaign_id AND o.lo = s.lo AND o.hi = s.hi
 AND o.withdrawn IS NULL) RETURNING s.campaign_id, s.lo, s.hi"""
UNDONE = RESTORE.format(undone="s.went_with = %(with)s")
# The last of those who moved in is gone, and whoever it fell for is back at a door where they lived before.
MOVED_BACK = RESTORE.format(undone="""s.withdrawn IS NOT NULL
AND s.campaign_id IN (SELECT id FROM work_campaign WHERE state = 'running')
AND EXISTS (SELECT FROM unnest(%(left)s::bigint[]) l (grid) WHERE l.grid >= s.lo AND l.grid < s.hi)
AND EXISTS (SELECT FROM people_person p JOIN people_residence r ON r.person_id = p.id AND r.dwelling_id = p.dwelling_id
 WHERE p.id = s.went_with AND r.until IS NOT NULL AND NOT (p.grid >= s.lo AND p.grid < s.hi))""")


def after_undoing(regridding: Regridding, by: Actor) -> None:
    signed("restore_sign_off", UNDONE, {"with": regridding.id}, by)


def signed(deed: str, statement: str, params: dict[str, Any], by: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        write((Deed(deed, id_, lo, {"lo": lo, "hi": hi}) for id_, lo, hi in cursor.fetchall()), by=by)


def reaches(row: str) -> str:
    """Whether a campaign `c` is about where the `row` of the register is."""
    return f"""{INSIDE.format(grid=f"{row}.grid")}
 AND (c."where" -> 'buildings' IS NULL OR c."where" -> 'buildings' ? {row}.building_id::text)"""


def goes_along(row: str) -> str:
    """What becomes of a task whose `row` is elsewhere now. Whose it was, was so in the grid it was in."""
    return f"""grid = {row}.grid, building_id = {row}.building_id, version = t.version + 1, excluded = '',
 state = CASE t.excluded WHEN %(done)s THEN 1 ELSE 0 END,
 assigned_to = CASE WHEN t.grid = {row}.grid THEN t.assigned_to END,
 claimed_by = CASE WHEN t.grid = {row}.grid THEN t.claimed_by END"""


REACHES = reaches("p")
FOLLOW = f"""UPDATE work_task t SET {goes_along("p")}, dwelling_id = p.dwelling_id, place = COALESCE({WALK}, 0)
FROM work_campaign c, people_person p LEFT JOIN people_dwelling d ON d.id = p.dwelling_id
LEFT JOIN people_building b ON b.id = p.building_id
WHERE p.id = ANY (%(people)s::uuid[]) AND t.person_id = p.id AND c.id = t.campaign_id AND c.state <> 'closed'
 AND (t.state = 0 OR t.excluded IN (%(away)s, %(left)s, %(done)s)) AND p.presence <> 'left' AND {REACHES}"""
LEAVE = f"""UPDATE work_task t SET state = 2, excluded = %(away)s, version = t.version + 1
FROM work_campaign c, people_person p WHERE p.id = ANY (%(people)s::uuid[]) AND t.person_id = p.id
 AND c.id = t.campaign_id AND c.state <> 'closed' AND t.state = 0 AND (p.presence = 'left' OR NOT ({REACHES}))"""
LEFT_FROM = "SELECT DISTINCT grid FROM work_task WHERE person_id = ANY (%(people)s::uuid[]) AND state = 0"
CAME_TO = "SELECT DISTINCT grid FROM people_person WHERE id = ANY (%(people)s::uuid[]) ORDER BY 1"


def follow_people(people: Sequence[UUID], by: Actor) -> None:
    """They live at another door now, or have left or come back. Whoever was reached already was reached where they
    lived."""
    given = {"people": uuid_array(people), "away": MOVED_AWAY, "left": LEFT_AREA, "done": LEFT_AREA_DONE}
    with connection.cursor() as cursor:
        cursor.execute(LEFT_FROM, given)
        left = [grid for grid, in cursor.fetchall()]
        cursor.execute(LEAVE, given)
        cursor.execute(FOLLOW, given)
        cursor.execute(CAME_TO, given)
        came = [grid for grid, in cursor.fetchall()]
    make_here(Campaign.Subject.PERSON, came)
    signed("withdraw_sign_off", FOR_SOMEBODY, given | {"grids": came}, by)
    signed("restore_sign_off", MOVED_BACK, {"left": left}, by)


def make_here(subject: str, grids: Sequence[int]) -> None:
    """The tasks of whoever this transaction brought into these grids, in order; of every campaign about such."""
    running = Campaign.objects.filter(state=Campaign.State.RUNNING, subject=subject)
    for campaign in running.filter(lo__lte=grids[-1], hi__gt=grids[0]) if grids else ():
        _make(campaign, grids[0], grids[-1] + 1)


def _make(campaign: Campaign, lo: int, hi: int) -> None:
    """The tasks of whoever this transaction brought into lo..hi, as far as the campaign is about it."""
    for part in common(campaign.area.parts, [Area(lo, hi)]):
        make_tasks(campaign, part.lo, part.hi, written_here=True)
