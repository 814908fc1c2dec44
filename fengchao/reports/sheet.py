"""A day's returns as a workbook: one row a place, one column a figure, and the sum below."""

from datetime import date
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from fengchao.base.actor import Actor
from fengchao.base.audit import write_one
from fengchao.base.permissions import Permission
from fengchao.sheets.columns import Heading
from fengchao.sheets.writing import export
from fengchao.web.place import Place, named

from .queries import Row, level_below, roll_up, total
from .showing import columns


def state_words() -> dict[str, str]:
    return {"confirmed": _("已确认"), "late": _("迟报"), "waiting": _("未到时间"), "missing": _("缺报")}


def workbook(target: BinaryIO, *, by: Actor, place: Place, day: date) -> int:
    """Writes confirmed figures only; a place that has not confirmed stands there as missing, not as zero."""
    by.require(Permission.EXPORT, place.area)
    rows = roll_up(place.area, day, level_below(place.area))
    names = {p.code: p.name for p in named(row.place for row in rows)}
    headings = [Heading(_("地方"), 24), Heading(_("日期"), 12), Heading(_("状态"), 12), Heading(_("应报"), 8),
                Heading(_("已报"), 8), *(Heading(str(column.words)) for column in columns()), Heading(_("说明"), 40)]
    lines = [_line(row, names[row.place], day) for row in rows]
    if len(rows) > 1:
        lines.append(_line(total(rows, place.code), _("合计"), day))
    written = export(target, title=_("日报"), columns=headings, rows=lines)
    write_one("export_returns", str(place.code), by=by, grid=place.lo, day=day, rows=written)
    return written


def _line(row: Row, name: str, day: date) -> list[Any]:
    values = [row.values.get(column.code, 0) if row.confirmed else "" for column in columns()]
    comments = "; ".join(f"{line['zh']}: {line['comment']}" for line in (row.only.lines if row.only else ())
                         if line["comment"])
    return [name, day, state_words()[row.state], row.expected, row.confirmed, *values, comments]
