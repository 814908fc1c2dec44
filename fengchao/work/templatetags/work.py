"""Words for tasks in templates."""

from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from fengchao.web.templatetags.ui import figure
from fengchao.work import showing
from fengchao.work.models import Campaign, Task

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


@register.filter
def counted(n: int, campaign: Campaign) -> str:
    """So many doors, people or premises, whatever the campaign is about."""
    return showing.UNITS[campaign.subject] % {"n": figure(n)}


@register.simple_tag
def tiles(lines: list[dict[str, Any]], campaign: Campaign) -> SafeString:
    """Buildings or places of the board. Written here instead of by a template, with the words looked up once: there are
    hundreds of them on a page that sixty people keep open."""
    counted = showing.UNITS[campaign.subject] % {"n": "%(done)s / %(total)s"}
    words = {"done": _("完成"), "left": _("剩 %(n)s"), "counted": counted}
    return mark_safe("".join(_tile(line, words) for line in lines))  # each escaped by _tile


@register.simple_tag
def outcome_cells(line: dict[str, Any]) -> SafeString:
    """Of a row of the coverage table: every outcome, what is untried, remains, is overdue and does not count, each
    opening its doors. Written here like `tiles`: a dozen cells for each of hundreds of places."""
    rows, figures = escape(line["rows"]), line["figures"]
    cells = [_cell(n, f"{rows}&amp;show=all&amp;outcome={code}") for code, n in line["counts"]]
    cells.append(_cell(figures.untried, f"{rows}&amp;outcome=untried"))
    cells.append(f'<td class="num"><a href="{rows}"><b>{figure(figures.remaining)}</b></a></td>')
    cells.append(_cell(figures.overdue, f"{rows}&amp;late=any", "num late"))
    cells.append(_cell(figures.excluded, f"{rows}&amp;show=excluded"))
    return mark_safe("".join(cells))


def _cell(n: int, rows: str, kind: str = "num") -> str:
    """A figure and the rows behind it; nought has none."""
    said = f'<a href="{rows}">{figure(n)}</a>' if n else '<span class="text-secondary">0</span>'
    return f'<td class="{kind}">{said}</td>'


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
