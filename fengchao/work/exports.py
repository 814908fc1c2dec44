"""Lists of work as workbooks. Each one that leaves is written down, with how many rows and of where."""

from collections.abc import Sequence
from io import BytesIO

from django.utils import timezone
from django.utils.translation import gettext as _

from fengchao.accounts.queries import names_of
from fengchao.base.actor import Actor
from fengchao.base.audit import write_one
from fengchao.base.places import Area
from fengchao.sheets.columns import Column
from fengchao.sheets.writing import export

from .models import Campaign, Task
from .showing import LEVELS, names_for, outcomes, reason, subject_of


def doors(*, by: Actor, campaign: Campaign, area: Area, rows: list[Task]) -> BytesIO:
    """The rows of a list of doors, in its order."""
    words, names = outcomes(campaign), names_of(names_for(rows))
    file = BytesIO()
    export(file, title=_("剩余的门"), columns=_columns(), rows=(_row(task, words, names) for task in rows))
    write_one("export_doors", campaign.id, by=by, grid=area.lo, lo=area.lo, hi=area.hi, rows=len(rows))
    file.seek(0)
    return file


class Heading(Column):
    """A column that is only written: nothing is read back from it."""

    def __init__(self, title: str, width: int) -> None:
        vars(self).update(title=title, width=width)


def _columns() -> list[Column]:
    titles = (_("网格"), _("门"), _("状态"), _("最近结果"), _("次数"), _("最近上门"), _("最近上门的人"), _("负责人"),
              _("由谁处理"), _("不计入的原因"))
    widths = (18, 30, 10, 12, 8, 18, 12, 12, 10, 20)
    return [Heading(title, width) for title, width in zip(titles, widths, strict=True)]


def _row(task: Task, words: dict, names: dict) -> Sequence[object]:
    outcome = words.get(task.outcome)
    last = timezone.localtime(task.last_at).strftime("%Y-%m-%d %H:%M") if task.last_at else ""
    return (str(task.grid), subject_of(task), str(task.get_state_display()), str(outcome.words) if outcome else "",
            task.attempts, last, names.get(task.last_by, ""), names.get(task.assigned_to, ""),
            str(LEVELS[task.level]) if task.state == Task.State.OPEN else "", reason(task.excluded))
