"""What somebody recorded under an old number while offline: accepted for a time, wherever the door is now.

Asked only when something was not found. What it grants reaches no further than buildings that left grids which this
person held, and no page or pull is shown by it: who knows the id of such a task was given it when it was theirs.
"""

from dataclasses import replace

from fengchao.base.actor import Actor, Grant
from fengchao.base.permissions import Permission
from fengchao.base.places import Area
from fengchao.base.sql import run

from .roles import ROLES

LATE = "late"  # the role of such a grant
DAYS = 30  # as long as a refused record is held for the office
RECORDERS = [code for code, role in ROLES.items() if Permission.RECORD in role.permissions]
MAY = frozenset({Permission.RECORD, Permission.SEE_PEOPLE, Permission.SEE_PLACES})

# The grids that were theirs, what left them since, and where it stands after its last move.
LEFT = """SELECT DISTINCT m.kind, m.row, m.was, (SELECT l.becomes FROM areas_move l WHERE l.row = m.row
  ORDER BY l.id DESC LIMIT 1)
FROM accounts_duty d JOIN areas_move m ON m.was >= d.lo AND m.was < d.hi AND (d.building IS NULL OR d.building = m.row)
 AND d.since <= (m.at AT TIME ZONE 'Asia/Shanghai')::date
 AND (d.until IS NULL OR d.until >= (m.at AT TIME ZONE 'Asia/Shanghai')::date)
 AND (d.ended IS NULL OR d.went_with IS NOT NULL AND d.ended >= m.at)
WHERE d.user_id = %s AND d.role = ANY (%s) AND m.at > now() - make_interval(days => %s)"""

HELD = """SELECT EXISTS (SELECT FROM accounts_duty WHERE user_id = %s AND role = ANY (%s) AND went_with IS NOT NULL
 AND ended > now() - make_interval(days => %s))"""


def overtaken(user: object) -> bool:
    """Whether a duty of theirs ended with a re-gridding so lately that their phone may still hold records."""
    return run(HELD, [user, RECORDERS, DAYS]).fetchone() == (True,)


def with_late(actor: Actor) -> Actor:
    """The same person, and what left them; the actor itself when nothing did."""
    grants = []
    for kind, row, was, becomes in run(LEFT, [actor.id, RECORDERS, DAYS]):
        building = row if kind == "building" else None
        grants += [Grant(LATE, MAY, Area(grid, grid + 1), building) for grid in (was, becomes)]
    return replace(actor, grants=actor.grants + tuple(grants)) if grants else actor
