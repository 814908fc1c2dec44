"""Every fact has a source and an age: who gave it, and when somebody last stood by it.

Read from what is kept anyway: the trail says when a column was changed and by whom, the import when a list came, and
`confirmed` when the person or the door was last verified as a whole.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from fengchao.accounts.queries import names_of
from fengchao.base import clock
from fengchao.base.clock import CHINA
from fengchao.base.models import AuditEntry

from .actions.places import VISIT
from .importing.models import ImportRun
from .models import Dwelling, Person

OLD = 90  # days after which a fact should be asked for again
COLUMNS = {"name": "name", "born": "born", "relation": "relation", "basis": "basis", "presence": "presence",
           "workplace": "workplace", "hukou": "hukou", "remark": "remark", "ric": "ric_sealed", "phone": "phone_sealed"}
CHANGES = {"update_person", "set_presence"}


@dataclass(frozen=True, slots=True)
class Fact:
    """`source` in words; `day` is when somebody last stood by it, None when nobody knows."""

    source: str
    day: date | None

    @property
    def days(self) -> int | None:
        return (clock.today() - self.day).days if self.day else None

    @property
    def old(self) -> bool:
        return self.days is None or self.days > OLD

    def __str__(self) -> str:
        return f"{self.source} · {age_words(self.days)}"


def age_words(days: int | None) -> str:
    if days is None:
        return _("从未核实")
    if days < 2:
        return _("昨天") if days else _("今天")
    return _("%(n)s 天前") % {"n": days}


def facts_of(person: Person) -> dict[str, Fact]:
    """The columns of a person's page, each with where it is from and how old it is."""
    first = Fact(source_words(person.source), _latest(_came_in(person), person.confirmed))
    facts = dict.fromkeys(COLUMNS, first)
    deeds = AuditEntry.objects.filter(object=str(person.id), action__in=CHANGES).order_by("id")
    names = names_of(deed.actor for deed in deeds)
    for deed in deeds:
        day = _latest(deed.at.astimezone(CHINA).date(), person.confirmed)
        fields = ["presence"] if deed.action == "set_presence" else deed.detail.get("fields", [])
        source = names.get(deed.actor or UUID(int=0)) or _("系统")
        facts |= {code: Fact(source, day) for code, column in COLUMNS.items() if column in fields}
    return facts


def door_fact(dwelling: Dwelling) -> Fact:
    return Fact(source_words(dwelling.source), dwelling.confirmed)


def person_fact(person: Person) -> Fact:
    """Of a person as a whole, for a line of a list."""
    return Fact(source_words(person.source), person.confirmed)


def source_words(source: str) -> str:
    return _("上门") if source == VISIT else source or _("来源不明")


def _came_in(person: Person) -> date | None:
    """The last time the list came that the person is from."""
    if not person.source:
        return None
    lo = person.grid // 1000 * 1000
    runs = ImportRun.objects.filter(grid__gte=lo, grid__lt=lo + 1000, source=person.source, finished__isnull=False)
    at = runs.order_by("-finished").values_list("finished", flat=True).first()
    return at.astimezone(CHINA).date() if at else None


def _latest(*days: date | None) -> date | None:
    known: Iterable[date] = [day for day in days if day]
    return max(known, default=None)
