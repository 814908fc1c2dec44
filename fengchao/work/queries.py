"""Reading the work: which campaigns are here, who could be given what, the rows behind a figure."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from fengchao.accounts.models import Duty
from fengchao.accounts.queries import in_force
from fengchao.accounts.roles import ROLES
from fengchao.base.places import Area
from fengchao.base.ranges import touching
from fengchao.people.models import Building

from .models import Campaign, Record, SignOff, Task
from .subjects import select

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

    @property
    def grid_tail(self) -> str:
        """The grid's number inside its community: 003."""
        return f"{self.grid % 1000:03}"


def workers_in(area: Area) -> list[Worker]:
    """Whoever answers for a grid of this area today, grid by grid."""
    rows = (
        Duty.objects.filter(in_force(), touching(area), role__in=ANSWERING, user__is_active=True)
        .select_related("user").order_by("lo", "role", "user__name")
    )
    return [Worker(d.user_id, d.user.name, d.lo, d.role, bytes(d.user.phone_sealed)) for d in rows]


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


def signed_in(campaign: Campaign, area: Area) -> dict[tuple[int, int], SignOff]:
    """The statements in force of an area and the places below, by their range."""
    rows = SignOff.objects.filter(campaign=campaign, lo__gte=area.lo, hi__lte=area.hi, withdrawn__isnull=True)
    return {(row.lo, row.hi): row for row in rows}


def conflicts_in(campaign: Campaign, area: Area) -> int:
    """Records that contradict each other and wait for somebody to decide."""
    return Record.objects.filter(
        campaign=campaign, conflict=Record.Conflict.HARD, grid__gte=area.lo, grid__lt=area.hi
    ).count()


def count_subjects(subject: str, where: dict[str, Any], area: Area) -> int:
    """How many tasks a campaign would have, before it is declared."""
    rows, params = select(subject, where, area.lo, area.hi)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({rows}) AS subjects", params)
        return int(cursor.fetchone()[0])
