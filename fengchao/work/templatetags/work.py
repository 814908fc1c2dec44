"""Words for tasks in templates."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fengchao.work import showing
from fengchao.work.models import Task

register = template.Library()


@register.filter
def subject(task: Task) -> str:
    return showing.subject_of(task)


@register.filter
def level(task: Task) -> str:
    """Who must act now on something overdue."""
    return _("逾期，由%(level)s处理") % {"level": showing.LEVELS[min(task.level, 2)]}


@register.filter
def reason(excluded: str) -> str:
    """Why a task does not count: the state of its dwelling in words, or what somebody wrote."""
    return showing.reason(excluded)


TILE = """<a class="tile{}" href="{}"><div class="d-flex justify-content-between"><b>{}</b>\
<span class="text-secondary small">{}</span></div>\
<div class="d-flex justify-content-between small"><span>{}</span><span>{}</span></div>\
<div class="linear mt-1"><i style="width:{}%"></i></div></a>"""


@register.simple_tag
def tile(line: dict[str, Any]) -> SafeString:
    """A building or place of the board. One format instead of a template: there are hundreds of them on a page."""
    figures = line["figures"]
    done = bool(figures.total and not figures.remaining)
    tone = " done" if done else " late" if figures.overdue else ""
    left = _("完成") if done else _("剩 %(n)s") % {"n": figures.remaining} if figures.remaining else ""
    grid = _("网格 %(n)s") % {"n": f"{line['grid']:03}"} if line.get("grid") else ""
    counted = _("%(done)s / %(total)s 户") % {"done": figures.done, "total": figures.total}
    return format_html(TILE, tone, line["href"], line["name"], grid, counted, left, round(100 * figures.share))
