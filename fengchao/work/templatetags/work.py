"""Words for tasks in templates."""

from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from fengchao.web.templatetags.ui import figure
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


@register.simple_tag
def tiles(lines: list[dict[str, Any]]) -> SafeString:
    """Buildings or places of the board. Written here instead of by a template, with the words looked up once: there are
    hundreds of them on a page that sixty people keep open."""
    words = {"done": _("完成"), "left": _("剩 %(n)s"), "counted": _("%(done)s / %(total)s 户")}
    return mark_safe("".join(_tile(line, words) for line in lines))  # each escaped by _tile


def _tile(line: dict[str, Any], words: dict[str, str]) -> str:
    figures = line["figures"]
    done = bool(figures.total and not figures.remaining)
    tone = " done" if done else " late" if figures.overdue else ""
    left = words["done"] if done else words["left"] % {"n": figure(figures.remaining)} if figures.remaining else ""
    counted = words["counted"] % {"done": figure(figures.done), "total": figure(figures.total)}
    return (
        f'<a class="tile{tone}" href="{escape(line["href"])}"><div class="d-flex justify-content-between">'
        f'<b>{escape(line["name"])}</b><span class="text-secondary small">{escape(line.get("grid", ""))}</span></div>'
        f'<div class="d-flex justify-content-between small"><span>{counted}</span><span>{left}</span></div>'
        f'<div class="linear mt-1"><i style="width:{round(100 * figures.share)}%"></i></div></a>\n'
    )
