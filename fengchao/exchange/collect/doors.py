"""The doors that remain, as the list beside the form: the task's id, how people call the door, the task's version."""

import csv
import io

from django.db.models import Q

from fengchao.sync.reach import Reach
from fengchao.work.models import Campaign, Task
from fengchao.work.queries import tasks_in
from fengchao.work.showing import subject_of


def doors_csv(campaign: Campaign, reach: Reach) -> bytes:
    """In walking order; of single buildings only those a captain holds. At most a street's, as on a phone."""
    mine = Q(building__in=reach.buildings)
    for area in reach.areas:
        mine |= Q(grid__gte=area.lo, grid__lt=area.hi)
    open_ = tasks_in(campaign, campaign.area).filter(mine, state=Task.State.OPEN).order_by("grid", "place", "id")
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("name", "label", "version"))
    rows.writerows((task.id, subject_of(task), task.version) for task in open_)
    return text.getvalue().encode()
