"""Tasks that nobody need do any more: the register and the other sources agree again, or the source is gone."""

from django.db import connection

from fengchao.base.actor import Actor
from fengchao.base.audit import Deed, write

from ..kinds import all_kinds
from ..models import EXPIRED, Campaign
from ..subjects import COLUMNS, WHEN_HANDED_OUT, select

# Asked first: a task whose sighting was erased must not look as if the register had caught up.
GONE = """UPDATE work_task t SET state = 2, excluded = %s, version = version + 1
WHERE t.campaign_id = %s AND t.state = 0 AND t.sighting_id IS NOT NULL
 AND NOT EXISTS (SELECT FROM sightings_sighting s WHERE s.id = t.sighting_id)"""

SETTLE = """UPDATE work_task t SET state = 1, outcome = %s, version = version + 1, last_at = now(), last_by = NULL,
 next_try = NULL
WHERE t.campaign_id = %s AND t.state = 0
 AND COALESCE(t.sighting_id, t.person_id) NOT IN
 (SELECT COALESCE(q.sighting, q.person) FROM ({subjects}) AS q ({columns}))"""


def settle(*, by: Actor) -> int:
    """Closes the open tasks whose subject is no longer one that their campaign is about. Returns how many."""
    words = {each.rules.code: each.rules.caught_up for each in all_kinds() if each.rules.caught_up}
    deeds = []
    for campaign in Campaign.objects.filter(state=Campaign.State.RUNNING, kind__in=words):
        where = {key: value for key, value in campaign.where.items() if key not in WHEN_HANDED_OUT}
        subjects, params = select(campaign.subject, where, campaign.lo, campaign.hi)
        with connection.cursor() as cursor:
            cursor.execute(GONE, [EXPIRED, campaign.id])
            gone = cursor.rowcount
            cursor.execute(SETTLE.format(subjects=subjects, columns=COLUMNS),
                           [words[campaign.kind], campaign.id, *params])
            closed = cursor.rowcount
        if gone or closed:
            deeds.append(Deed("settle", campaign.id, campaign.lo, {"closed": closed, "gone": gone}))
    write(deeds, by=by)
    return sum(deed.detail["closed"] for deed in deeds if deed.detail)
