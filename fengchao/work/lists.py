"""How tasks are listed: the orders and filters that an index answers, whatever the size of the campaign."""

from collections.abc import Callable, Mapping, Sequence

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengchao.base.lists import Filter, Listing, Order
from fengchao.people.models import Building
from fengchao.web.place import Place

from .models import Campaign, Task
from .queries import Worker, asked_for, without_answers
from .showing import UNTRIED, outcomes

WALK = Order("place", gettext_lazy("按走访顺序"), ("grid", "place", "id"))
WAITING = Order("waiting", gettext_lazy("最久没去的在前"), ("last_at", "id"), nulls_first=True)
ORDERS = (WALK, WAITING)
NO_BUILDING = "none"

SHOWN = {"open": Q(state=Task.State.OPEN), "done": Q(state=Task.State.DONE),
         "excluded": Q(state=Task.State.EXCLUDED), "all": Q()}


BY_STATE = [Q(state=state) for state in Task.State.values]  # the index has the state before the place


def show(rows: QuerySet, value: str) -> QuerySet:
    return rows.filter(SHOWN[value])


def came_of_it(rows: QuerySet, value: str) -> QuerySet:
    return rows.filter(outcome="", state=Task.State.OPEN) if value == UNTRIED else rows.filter(outcome=value)


def overdue(campaign: Campaign) -> Callable[[QuerySet, str], QuerySet]:
    """Any, or by whose turn it is."""
    def apply(rows: QuerySet, value: str) -> QuerySet:
        rows = rows.filter(state=Task.State.OPEN) if campaign.late else rows.none()
        return rows if value == "any" else rows.filter(level=int(value))
    return apply


def last_there(rows: QuerySet, value: str) -> QuerySet:
    return rows.filter(attempts__gt=0) if value == "any" else rows.filter(last_by=value)


def whose(rows: QuerySet, value: str) -> QuerySet:
    return rows.filter(assigned_to=None if value == "nobody" else value)


def where(rows: QuerySet, value: str) -> QuerySet:
    return rows.filter(building=None if value == NO_BUILDING else value)


def listing(query: QueryDict, campaign: Campaign, *, buildings: Sequence[Building] = (),
            workers: Sequence[Worker] = (), visitors: Mapping[str, str] | None = None) -> Listing:
    """What a person may ask of the tasks here. Remaining doors are what is shown unless something else is asked for.

    `visitors`: by their ids, who may be asked for as the last who was there. They make it the list of a place narrow
    enough to look through.
    Only what an index answers is offered: the longest unvisited first makes sense, and is quick, among open tasks.
    """
    filters = [
        Filter("show", _("范围"), show, [("open", _("剩余的门")), ("done", _("已完成")), ("excluded", _("不计入")),
                                        ("all", _("全部"))], default="open"),
        Filter("outcome", _("最近结果"), came_of_it,
               [(UNTRIED, _("未上门")), *((o.code, str(o.words)) for o in outcomes(campaign).values())]),
        Filter("late", _("逾期"), overdue(campaign), [
            ("any", _("全部逾期")), ("1", _("由社区处理")), ("2", _("由街道处理"))]),
    ]
    if workers:
        people = {str(w.id): w.name for w in workers}
        filters.append(Filter("who", _("负责人"), whose, [("nobody", _("未分派")), *people.items()]))
    if visitors is not None:
        filters.append(Filter("last", _("最近上门的人"), last_there, [("any", _("不管是谁")), *visitors.items()]))
    if visitors is not None and asked_for(campaign):
        filters.append(Filter("answers", _("问卷"), lambda rows, value: without_answers(campaign, rows),
                              [("missing", _("没有答案"))]))
    if visitors is not None:
        filters.append(Filter("building", _("楼栋"), where, [*((str(b.id), str(b)) for b in buildings),
                                                            (NO_BUILDING, _("无楼栋"))]))
    asked = Listing(query, ORDERS, filters)
    remaining = asked.values["show"] == "open" and not any(map(asked.values.get, ("late", "last", "answers")))
    orders = ORDERS if remaining else (WALK,)
    whole = asked.values["show"] == "all" and not asked.values["outcome"]
    return Listing(query, orders, filters, runs=BY_STATE if whole else (Q(),))


def rows_of(tasks: QuerySet, place: Place) -> QuerySet:
    """Led by the column whose index holds the rows of a street in order."""
    return tasks.filter(street=place.code) if place.level == "street" else tasks
