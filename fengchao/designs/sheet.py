"""A plan as a workbook: a line a building, today's grid beside the proposed one."""

from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from fengchao.sheets.columns import Heading
from fengchao.sheets.writing import export

from .plan import Plan


def workbook(plan: Plan, target: BinaryIO) -> int:
    columns = [Heading(_("小区")), Heading(_("楼栋")), Heading(_("户数"), 8), Heading(_("现网格编号")),
               Heading(_("现网格")), Heading(_("新网格编号")), Heading(_("新网格")), Heading(_("变动"), 8)]
    return export(target, title=_("网格方案"), columns=columns, rows=(_row(plan, change) for change in plan.changes))


def _row(plan: Plan, change: Any) -> list[Any]:
    mark = "" if change.was == change.becomes else _("归入新网格") if change.becomes in plan.opened else _("换网格")
    return [change.compound, change.name, change.households, str(change.was), plan.names[change.was],
            str(change.becomes), plan.names[change.becomes], mark]
