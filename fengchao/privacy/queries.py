"""What privacy shows: who looked at a person, how far each close-out is, and the trail."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fengchao.accounts.models import User
from fengchao.base import audit, clock
from fengchao.base.actor import system_actor
from fengchao.base.clock import CHINA
from fengchao.base.deeds import DEEDS
from fengchao.base.errors import Refused
from fengchao.base.lists import Filter, Order
from fengchao.base.models import AuditEntry, AuditSeal, Progress
from fengchao.base.scope import acting
from fengchao.work.models import Campaign

from .models import AccessLog, Certificate, Inventory


def looks_at(person: UUID) -> QuerySet[AccessLog]:
    return AccessLog.objects.filter(person=person).order_by("-at")


@dataclass(frozen=True, slots=True)
class Closing:
    """A campaign on its way to being erased; what is not done yet is None."""

    campaign: Campaign
    inventory: Inventory | None

    @property
    def approval(self) -> Any:
        return getattr(self.inventory, "approval", None)

    @property
    def certificate(self) -> Certificate | None:
        return getattr(self.inventory, "certificate", None)

    @property
    def expired(self) -> bool:
        return self.campaign.expires < clock.today()

    @property
    def obstacle(self) -> str | None:
        """Why it cannot be erased now, as the database would say it too."""
        if self.campaign.state != Campaign.State.CLOSED:
            return "close_first"
        if not self.approval:
            return "not_approved"
        if not self.expired:
            return "not_expired"
        return "erased_already" if self.certificate else None

    @property
    def stage(self) -> str:
        if self.certificate:
            return "erased"
        if self.approval:
            return "approved"
        return "counted" if self.inventory else "closed"


def closing(campaign: UUID) -> Closing | None:
    return next(iter(_closings(Campaign.objects.filter(id=campaign))), None)


def closings() -> list[Closing]:
    """Campaigns that have ended, the soonest to expire first."""
    return _closings(Campaign.objects.filter(state=Campaign.State.CLOSED).order_by("expires", "id")[:200])


def _closings(campaigns: QuerySet[Campaign]) -> list[Closing]:
    rows = list(campaigns)
    held = Inventory.objects.filter(campaign__in=rows).select_related("approval", "certificate")
    by_campaign = {inventory.campaign_id: inventory for inventory in held}
    return [Closing(row, by_campaign.get(row.id)) for row in rows]


ORDERS = (Order("newest", _("最近的在前"), ("-id",)), Order("oldest", _("最早的在前"), ("id",)))


def _by_actor(rows: QuerySet, words: str) -> QuerySet:
    users = User.objects.filter(username=words) | User.objects.filter(name=words)
    return rows.filter(actor__in=users.values("id"))


def _from(rows: QuerySet, day: str) -> QuerySet:
    return rows.filter(at__gte=first) if (first := _day(day)) else rows


def _until(rows: QuerySet, day: str) -> QuerySet:
    return rows.filter(at__lt=last + timedelta(days=1)) if (last := _day(day)) else rows


def _day(text: str) -> datetime | None:
    try:
        return datetime.combine(clock.day_of(text), time(), CHINA)
    except Refused:
        return None


FILTERS = (
    Filter("object", _("对象编号"), lambda rows, value: rows.filter(object=value)),
    Filter("actor", _("谁（姓名或用户名）"), _by_actor),
    Filter("action", _("操作"), lambda rows, value: rows.filter(action=value), DEEDS.items()),
    Filter("from", _("从哪天"), _from, type="date"),
    Filter("until", _("到哪天"), _until, type="date"),
)


@dataclass(frozen=True, slots=True)
class Chain:
    """How much of the trail is sealed; `verified` is the job that took every hash anew, when somebody asked for it."""

    last: AuditSeal | None
    open: int
    verified: Progress | None = None

    @property
    def verdict(self) -> audit.Verdict | None:
        done = self.verified and self.verified.state == Progress.State.DONE
        return audit.Verdict(**self.verified.result) if done and self.verified else None


def chain(verified: Progress | None) -> Chain:
    """Of the whole country: a chain has no parts."""
    with acting(system_actor()):
        last = AuditSeal.objects.order_by("-hi").first()
        entries = AuditEntry.objects.filter(tx__gte=last.hi) if last else AuditEntry.objects.all()
        return Chain(last, entries.count(), verified)
