"""A plan as a workbook: a line a building, today's grid beside the proposed one. The key of a building and the number
of its grid stand in columns of their own, so that the sheet can be read again."""

from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from fengchao.sheets.columns import Heading
from fengchao.sheets.writing import export

from .plan import Change, Plan


def workbook(plan: Plan, target: BinaryIO) -> int:
    columns = [
        Heading(_("楼栋编码"), 38), Heading(_("小区")), Heading(_("道路")), Heading(_("门牌")), Heading(_("楼栋")),
        Heading(_("户数"), 8), Heading(_("现网格"), 28), Heading(_("新网格"), 20), Heading(_("变动"), 22),
    ]  # fmt: skip
    return export(target, title=_("网格方案"), columns=columns, rows=(_row(plan, change) for change in plan.changes))


def _row(plan: Plan, change: Change) -> list[Any]:
    return [str(change.building), change.compound, change.road, change.house_number, change.name, change.households,
            f"{change.was} {plan.names[change.was]}", str(change.becomes), _mark(plan, change)]


def _mark(plan: Plan, change: Change) -> str:
    if change.was == change.becomes:
        return ""
    words = _("归入新设的%(grid)s") if change.becomes in plan.opened else _("归入%(grid)s")
    return words % {"grid": plan.names[change.becomes]}
