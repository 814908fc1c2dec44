"""Premises that moved, closed or opened again: what becomes of their tasks, as of those of people who moved.

Whoever was visited before they closed was visited: only what was still to be done leaves the campaign, with the reason.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from fengchao.base.actor import Actor
from fengchao.base.sql import uuid_array

from ..models import CLOSED, LEFT_AREA, LEFT_AREA_DONE, MOVED_AWAY, Campaign
from ..subjects import WALK_PREMISES
from .following import WITHDRAW, goes_along, make_here, reaches, signed

REACHES = f"s.closed IS NULL AND {reaches('s')}"
LEAVE = f"""UPDATE work_task t SET state = 2, version = t.version + 1,
 excluded = CASE WHEN s.closed IS NULL THEN %(away)s ELSE %(closed)s END
FROM work_campaign c, people_premises s WHERE s.id = ANY (%(premises)s::uuid[]) AND t.premises_id = s.id
 AND c.id = t.campaign_id AND c.state <> 'closed' AND t.state = 0 AND NOT ({REACHES})"""
FOLLOW = f"""UPDATE work_task t SET {goes_along("s")}, place = {WALK_PREMISES}
FROM work_campaign c, people_premises s LEFT JOIN people_building b ON b.id = s.building_id
WHERE s.id = ANY (%(premises)s::uuid[]) AND t.premises_id = s.id AND c.id = t.campaign_id AND c.state <> 'closed'
 AND (t.state = 0 OR t.excluded IN (%(away)s, %(left)s, %(done)s, %(closed)s)) AND {REACHES}"""
CAME_TO = "SELECT DISTINCT grid FROM people_premises WHERE id = ANY (%(premises)s::uuid[]) ORDER BY 1"
FALLS = WITHDRAW.format(with_="NULL")  # for good: whoever signs anew says what was reached


def follow_premises(premises: Sequence[UUID], by: Actor) -> None:
    given = {"premises": uuid_array(premises), "away": MOVED_AWAY, "left": LEFT_AREA, "done": LEFT_AREA_DONE,
             "closed": CLOSED}
    with connection.cursor() as cursor:
        cursor.execute(LEAVE, given)
        cursor.execute(FOLLOW, given)
        cursor.execute(CAME_TO, given)
        came = [grid for grid, in cursor.fetchall()]
    make_here(Campaign.Subject.PREMISES, came)
    signed("withdraw_sign_off", FALLS, {"grids": came}, by)
