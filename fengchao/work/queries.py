"""Reading the work: which campaigns are here, who could be given what, the rows behind a figure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from fengchao.accounts.queries import IN_FORCE
from fengchao.accounts.roles import ROLES
from fengchao.base import clock
from fengchao.base.places import Area, multirange
from fengchao.base.ranges import touching
from fengchao.base.sql import run
from fengchao.people.models import Building

from .kinds import kind
from .models import Campaign, Record, Task
from .subjects import COLUMNS, select

ANSWERING = [code for code, role in ROLES.items() if role.answers]


def campaigns_in(area: Area) -> QuerySet[Campaign]:
    """Those that have anything to do here, the one declared last first."""
    there = touching(area) & (Q(ground=None) | Q(ground__meets=area))
    return Campaign.objects.filter(there).order_by("-starts", "-id")


@dataclass(frozen=True, slots=True)
class Worker:
    id: UUID
    name: str
    grid: int  # the first grid of the duty
    role: str
    sealed_phone: bytes = b""


WORKERS = f"""SELECT u.id, u.name, y.lo, y.role, u.phone_sealed
FROM accounts_duty y JOIN accounts_user u ON u.id = y.user_id
WHERE {IN_FORCE} AND y.role = ANY (%(answering)s) AND u.is_active
  AND y.lo < %(hi)s AND y.hi > %(lo)s AND int8range(y.lo, y.hi) && %(parts)s::int8multirange
ORDER BY y.lo, y.role, u.name"""


def workers_in(area: Area) -> list[Worker]:
    """Whoever answers for a grid of this area today, grid by grid."""
    asked = {"today": clock.today(), "answering": ANSWERING, "lo": area.lo, "hi": area.hi,
             "parts": multirange(area.parts)}
    return [Worker(id, name, lo, role, bytes(phone)) for id, name, lo, role, phone in run(WORKERS, asked)]


def tasks_in(campaign: Campaign, area: Area) -> QuerySet[Task]:
    """The tasks of a campaign in an area, with what a list shows of each.

    What is shown is fetched by its ids afterwards: joined, the planner, who cannot know how many tasks a place has,
    joins all of them before it takes the first fifty.
    """
    shown = {"dwelling": ("building", "dwelling"), "person": ("building", "dwelling", "person"),
             "premises": ("building", "premises"),
             "sighting": ("building", "dwelling", "sighting")}[campaign.subject]
    tasks = Task.objects.filter(campaign=campaign, grid__gte=area.lo, grid__lt=area.hi)
    return tasks.prefetch_related(*shown)


def buildings_in(area: Area) -> list[Building]:
    return list(Building.objects.filter(grid__gte=area.lo, grid__lt=area.hi).order_by("grid", "seq", "name"))


CALLED = """SELECT id, compound || name FROM people_building WHERE grid >= %s AND grid < %s
ORDER BY grid, seq, name"""


def called_in(area: Area) -> list[tuple[UUID, str]]:
    """What the buildings of `buildings_in` are called, for a page that needs no more of them."""
    return run(CALLED, [area.lo, area.hi]).fetchall()


@dataclass(frozen=True, slots=True)
class Standing:
    """A building at a glance: how much of it is done. Its outcomes are told by `coverage.by_building`. Without an id
    it is everything that stands in none: people whose home is not known, premises in no building."""

    late: bool
    id: UUID | None
    name: str
    grid: int | None
    total: int
    done: int

    @property
    def remaining(self) -> int:
        return self.total - self.done

    @property
    def overdue(self) -> int:
        return self.late * self.remaining

    @property
    def share(self) -> float:
        return self.done / self.total if self.total else 1.0


STANDING = f"""SELECT b.id, b.compound || b.name, b.grid,
       coalesce(t.total, 0), coalesce(t.done, 0)
FROM (SELECT * FROM people_building WHERE grid >= %(lo)s AND grid < %(hi)s) b FULL JOIN (
    SELECT building_id, count(*) AS total, count(*) FILTER (WHERE state = {Task.State.DONE}) AS done
    FROM work_task WHERE campaign_id = %(campaign)s AND grid >= %(lo)s AND grid < %(hi)s
      AND state <> {Task.State.EXCLUDED} GROUP BY 1) t ON t.building_id = b.id
WHERE b.id IS NOT NULL OR t.building_id IS NULL ORDER BY b.grid, b.seq, b.name"""


def standing_in(campaign: Campaign, area: Area) -> list[Standing]:
    """The buildings of a grid or a community in walking order, at the end what is in none, if there is anything;
    counted in one look: many people keep a board open."""
    late = campaign.late
    return [Standing(late, *row) for row in run(STANDING, {"campaign": campaign.id, "lo": area.lo, "hi": area.hi})]


def asked_for(campaign: Campaign) -> list[str]:
    """The outcomes that come with an answered questionnaire, as long as somebody can still ask."""
    asks = campaign.form_id and campaign.state == Campaign.State.RUNNING
    return [o.code for o in kind(campaign.kind).rules.outcomes if o.needs_form] if asks else []


def without_answers(campaign: Campaign, tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Those where somebody was reached, and nothing of the questionnaire came in with any record. Such a record is
    taken, since that somebody was there is true; what is missing is for the office to have asked."""
    answered = Record.objects.filter(task=OuterRef("id")).exclude(answers={})
    return tasks.filter(~Exists(answered), outcome__in=asked_for(campaign))


@dataclass(frozen=True, slots=True)
class Signed:
    """A statement in force, as pages show it."""

    id: UUID
    by_name: str
    at: datetime
    figures: dict[str, int]


SIGNED = """SELECT lo, hi, id, by_name, at, figures FROM work_signoff
WHERE campaign_id = %s AND lo >= %s AND hi <= %s AND withdrawn IS NULL"""


def signed_in(campaign: Campaign, area: Area) -> dict[tuple[int, int], Signed]:
    """Of an area and the places below, by their range."""
    return {(lo, hi): Signed(*row) for lo, hi, *row in run(SIGNED, [campaign.id, area.lo, area.hi])}


CONFLICTS = f"""SELECT count(*) FROM work_record
WHERE campaign_id = %s AND conflict = {Record.Conflict.HARD} AND grid >= %s AND grid < %s"""


def conflicts_in(campaign: Campaign, area: Area) -> int:
    """Records that contradict each other and wait for somebody to decide."""
    return int(run(CONFLICTS, [campaign.id, area.lo, area.hi]).fetchall()[0][0])


def subjects_by_place(subject: str, where: dict[str, Any], area: Area) -> tuple[int, int]:
    """How many tasks a campaign would have, before it is declared: those in a grid and those in none, which are the
    community's own, under its number 000."""
    rows, params = select(subject, where, area.lo, area.hi)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FILTER (WHERE grid %% 1000 > 0), count(*) FILTER (WHERE grid %% 1000 = 0)"
                       f" FROM ({rows}) AS subjects ({COLUMNS})", params)
        placed, unplaced = cursor.fetchone()
        return int(placed), int(unplaced)
