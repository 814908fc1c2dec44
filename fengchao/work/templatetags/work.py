"""Words for tasks in templates."""

from django import template
from django.utils.translation import gettext as _

from fengchao.people.models import Dwelling
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
    return str(dict(Dwelling.State.choices).get(excluded, excluded))
