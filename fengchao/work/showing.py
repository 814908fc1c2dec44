"""How work is put into words and colours: outcomes as figures, doors as people call them, whose turn it is."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengchao.packs import Outcome
from fengchao.people.models import Dwelling

from .coverage import Coverage
from .kinds import kind
from .models import CLOSED, EXPIRED, LEFT_AREA, LEFT_AREA_DONE, MERGED, MERGED_DONE, MOVED_AWAY, Campaign, Task

UNTRIED = "untried"
UNTRIED_COLOUR = "#dee2e6"
UNITS = {"dwelling": gettext_lazy("%(n)s 户"), "person": gettext_lazy("%(n)s 人"), "sighting": gettext_lazy("%(n)s 人"),
         "premises": gettext_lazy("%(n)s 家场所")}  # by what a campaign is about
LEVELS = (gettext_lazy("网格"), gettext_lazy("社区"), gettext_lazy("街道"))  # who must act now


@dataclass(frozen=True, slots=True)
class Part:
    """One outcome of a place as a figure: drawn in colour and pattern, said in words, leading to its rows."""

    code: str
    label: str
    count: int
    colour: str
    pattern: str
    href: str = ""


def parts(campaign: Campaign, figures: Coverage, rows: str = "") -> list[Part]:
    """Every outcome that has happened, then what nobody has been to. `rows`: the address of the place's rows."""
    shown = [
        Part(o.code, str(o.words), figures.outcomes[o.code], o.colour, o.pattern,
             f"{rows}&show=all&outcome={o.code}" if rows else "")
        for o in outcomes(campaign).values() if figures.outcomes.get(o.code)
    ]
    if figures.untried:
        href = f"{rows}&outcome={UNTRIED}" if rows else ""
        shown.append(Part(UNTRIED, _("未上门"), figures.untried, UNTRIED_COLOUR, "solid", href))
    return shown


def outcomes(campaign: Campaign) -> dict[str, Outcome]:
    """What may come of a visit of this campaign, except taking a record back."""
    return {o.code: o for o in kind(campaign.kind).rules.outcomes if not o.reopens}


def subject_of(task: Task) -> str:
    """The door, as people there call it; the name of a person or premises before it."""
    if task.sighting_id:
        return _sighted(task)
    if task.dwelling_id and task.dwelling is None:
        return _("已不在本辖区的门")  # where it is now is seen by whoever answers for it there
    compound = task.building.compound if task.building else ""
    door = f"{compound}{task.dwelling.label}" if task.dwelling else str(task.building or "")
    about = task.premises or task.person if task.premises_id or task.person_id else None
    return f"{about.name} {door}" if about else door


def _sighted(task: Task) -> str:
    """Somebody whom the register does not know: their name goes when the source expires."""
    if task.sighting is None:
        return _("来源已到期，资料已删除")
    door = f"{task.building.compound}{task.dwelling.label}" if task.dwelling and task.building else task.sighting.place
    return f"{task.sighting.name} {door or _('住处不明')}"


REASONS = {
    EXPIRED: gettext_lazy("来源已到期"),
    LEFT_AREA: gettext_lazy("已划出这次行动的范围"),
    LEFT_AREA_DONE: gettext_lazy("完成后已划出这次行动的范围"),
    CLOSED: gettext_lazy("已停业"),
    MOVED_AWAY: gettext_lazy("已搬走，或搬出这次行动的范围"),
    MERGED: gettext_lazy("与名册里另一行是同一个人，只算一次"),
    MERGED_DONE: gettext_lazy("完成后发现与名册里另一行是同一个人，只算一次"),
}


def reason(excluded: str) -> str:
    """Why a task does not count: as the platform says it, the state of its dwelling, or what somebody wrote."""
    words = {str(code): str(state) for code, state in Dwelling.State.choices}
    return str(REASONS[excluded]) if excluded in REASONS else words.get(excluded, excluded)


def names_for(tasks: list[Task]) -> set[UUID]:
    """Whose names a list of tasks shows."""
    return {user for t in tasks for user in (t.assigned_to, t.claimed_by, t.last_by) if user}
