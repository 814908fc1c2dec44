"""The hour at which an open task is worth a visit, as the phone shows it.

What is known, and no more: the hour at which somebody last answered at this door in a campaign that has ended, if it
lies between the hours at which this kind knocks at all (who opened at ten at night need not be woken again); else the
first hour of the kind's own list (its pack) at which nobody has knocked in vain for this task; else the first of them.
Running campaigns of other kinds do not count: their records do not touch this task, so a phone would not be told.
"""

import json

from fengchao.work.kinds import all_kinds, kind
from fengchao.work.models import OF_THE_DOOR, Campaign

# On the wall of the door. The device's clock says when somebody stood there, unless it runs ahead of ours.
HOUR = "extract(hour FROM LEAST(COALESCE(r.device_at, r.at), r.at) AT TIME ZONE 'Asia/Shanghai')::int"

# The unique index of a campaign's doors, or of its premises, leads with the subject: a few rows a task.
ANSWERED = f"""(SELECT {HOUR} FROM work_task e JOIN work_record r ON r.task_id = e.id
 WHERE {{same}} AND {HOUR} BETWEEN {{least}} AND {{most}}
 AND e.campaign_id <> ALL (%(campaigns)s::uuid[]) AND r.outcome = ANY (%(reached)s)
 ORDER BY r.at DESC LIMIT 1)"""
RULES = "(%(hours)s::jsonb -> t.campaign_id::text)"
DECENT = {"least": f"({RULES} -> 'least')::int", "most": f"({RULES} -> 'most')::int"}
DOOR = ANSWERED.format(same=f"e.dwelling_id = t.dwelling_id AND {OF_THE_DOOR.format('e')}", **DECENT)
PREMISES = ANSWERED.format(same="e.premises_id = t.premises_id AND t.premises_id IS NOT NULL", **DECENT)
LATELY = 20  # visits that are looked back on: a door that was knocked at more often teaches nothing new
UNTRIED = f"""(SELECT h.value::int FROM jsonb_array_elements_text({RULES} -> 'best')
  WITH ORDINALITY h (value, rank) ORDER BY h.value::int IN (SELECT {HOUR} FROM (SELECT * FROM work_record
   WHERE task_id = t.id ORDER BY at DESC LIMIT {LATELY}) r WHERE r.outcome <> ALL (%(reached)s)), h.rank LIMIT 1)"""

COLUMN = f"CASE WHEN t.state = 0 THEN COALESCE({DOOR}, {PREMISES}, {UNTRIED}) END AS best_hour"


def parameters(running: list[Campaign]) -> dict[str, object]:
    """What COLUMN asks for, beside the ids of the running campaigns."""
    return {
        "hours": json.dumps({str(c.id): _hours(kind(c.kind).rules.best_hours) for c in running}),
        "reached": sorted({o.code for k in all_kinds() for o in k.rules.outcomes if o.reached}),
    }


def _hours(best: tuple[int, ...]) -> dict[str, object]:
    return {"best": best, "least": min(best, default=0), "most": max(best, default=23)}
