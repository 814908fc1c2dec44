"""What the office sees of phones: who holds one, what could not be accepted, where two people saw different things."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext as _

from fengchao import packs
from fengchao.accounts.models import Device, Duty, User
from fengchao.accounts.queries import in_force
from fengchao.base.crypto import unseal
from fengchao.base.errors import CATALOGUE, Refused
from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.base.ranges import touching
from fengchao.people.models import Dwelling
from fengchao.work.models import Record, Task

from .me import RECORDERS
from .models import Complaint, HeldOperation

DAY = 86400


@dataclass(frozen=True, slots=True)
class Phone:
    device: Device
    clock_off: int = 0  # seconds ahead of the server when it last said so

    @property
    def days_off(self) -> float:
        return abs(self.clock_off) / DAY


def phones(area: Area) -> list[Phone]:
    """Of everybody who records somewhere in the area, those in use first, then the longest unheard."""
    working = Duty.objects.filter(in_force(), touching(area), role__in=RECORDERS)
    devices = Device.objects.filter(user__in=working.values("user")).select_related("user")
    rows = sorted(devices, key=lambda d: (d.revoked is not None, d.last_seen))
    off = _clocks_off([row.id for row in rows])
    return [Phone(row, off.get(str(row.id), 0)) for row in rows]


def _clocks_off(devices: Iterable[UUID]) -> dict[str, int]:
    noted = AuditEntry.objects.filter(action="clock_off", object__in=[str(d) for d in devices])
    last = noted.values("object").annotate(last=Max("id")).values("last")
    return {entry.object: entry.detail.get("seconds", 0) for entry in AuditEntry.objects.filter(id__in=last)}


def held(area: Area) -> QuerySet[HeldOperation]:
    return HeldOperation.objects.filter(grid__gte=area.lo, grid__lt=area.hi, resolved__isnull=True)


def held_one(id: UUID) -> HeldOperation:
    """Raises Refused "not_found"."""
    row = HeldOperation.objects.filter(id=id, resolved__isnull=True).first()
    if row is None:
        raise Refused("not_found")
    return row


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A refused operation as the secretary reads it: who, what, where, why and what to do about it."""

    row: HeldOperation
    who: str
    what: str
    where: str
    said: list[tuple[str, str]]

    @property
    def why(self) -> str:
        if self.row.code not in CATALOGUE:
            return self.row.code
        try:
            return Refused(self.row.code, **self.row.params).message
        except (KeyError, TypeError, ValueError):
            return self.row.code


def held_lines(rows: Iterable[HeldOperation]) -> list[HeldLine]:
    rows = list(rows)
    contents = {row.id: content(row) for row in rows}
    who, doors = names(row.by for row in rows), _doors(contents.values())
    return [HeldLine(row, who.get(row.by, ""), _types().get(row.type, row.type or "?"), _where(contents[row.id], doors),
                     _said(contents[row.id])) for row in rows]


def content(row: HeldOperation) -> dict[str, Any]:
    raw = orjson.loads(unseal(row.payload_sealed) or "{}")
    return raw if isinstance(raw, dict) else {}


def _types() -> dict[str, str]:
    return {"record": _("走访记录"), "claim": _("认领"), "release": _("取消认领"), "person_add": _("新增住户"),
            "person_left": _("住户搬离"), "complaint": _("意见")}


def _said(raw: dict[str, Any]) -> list[tuple[str, str]]:
    """What can be read without a purpose: an id or phone number is not."""
    shown = {"outcome": _("结果"), "note": _("备注"), "name": _("姓名"), "relation": _("与户主关系"), "text": _("内容")}
    return [(label, str(raw[key])[:200]) for key, label in shown.items() if raw.get(key)]


def _where(raw: dict[str, Any], doors: dict[str, str]) -> str:
    return doors.get(str(raw.get("task", "")), "") or doors.get(str(raw.get("dwelling", "")), "")


def _doors(contents: Iterable[dict[str, Any]]) -> dict[str, str]:
    """The doors that are named and that the reader may see, by the id of the task or of the dwelling."""
    ids = {id_ for raw in contents for key in ("task", "dwelling") if (id_ := _uuid(raw.get(key)))}
    tasks = Task.objects.filter(id__in=ids).values_list("id", "dwelling__building__name", "dwelling__label")
    dwellings = Dwelling.objects.filter(id__in=ids).values_list("id", "building__name", "label")
    return {str(id_): _door(building, label) for id_, building, label in [*tasks, *dwellings]}


def _door(building: str | None, label: str | None) -> str:
    return label if label and building and label.startswith(building) else f"{building or ''} {label or ''}".strip()


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(text)
    except (TypeError, ValueError, AttributeError):
        return None


def names(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    return dict(User.objects.filter(id__in={id_ for id_ in ids if id_}).values_list("id", "name"))


def hard_conflicts(area: Area) -> QuerySet[Record]:
    """Records that contradict what stood, until a later record of the task supersedes them."""
    decided = Record.objects.filter(task=OuterRef("task"), supersedes=OuterRef("id"))
    return Record.objects.filter(~Exists(decided), conflict=Record.Conflict.HARD,
                                 grid__gte=area.lo, grid__lt=area.hi).select_related("task", "campaign")


@dataclass(frozen=True, slots=True)
class Side:
    record: UUID
    outcome: str
    note: str
    who: str
    at: datetime
    device_at: datetime | None

    @property
    def words(self) -> str:
        outcome = packs.base_pack().outcomes.get(self.outcome)
        return str(outcome.words) if outcome else self.outcome


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two people closed one door with different words; `stands` is what counts until somebody decides."""

    task: Task
    campaign: str
    door: str
    stands: Side
    other: Side


def conflict_lines(records: Iterable[Record]) -> list[Conflict]:
    records = list(records)
    standing = standing_records(r.task for r in records)
    who = names([r.by for r in records] + [r.by for r in standing.values()])
    doors = _doors([{"task": str(r.task_id)} for r in records])
    return [
        Conflict(r.task, r.campaign.name, doors.get(str(r.task_id), ""), _side(standing[r.task_id], who), _side(r, who))
        for r in records if r.task_id in standing
    ]


def standing_records(tasks: Iterable[Task]) -> dict[UUID, Record]:
    """The record that each task has its outcome from: the last that says so and contradicts nothing."""
    outcomes = {task.id: task.outcome for task in tasks}
    rows = Record.objects.filter(task__in=outcomes).exclude(conflict=Record.Conflict.HARD).order_by("id")
    return {row.task_id: row for row in rows if row.outcome == outcomes[row.task_id]}


def _side(record: Record, who: dict[UUID, str]) -> Side:
    by = who.get(record.by, "") if record.by else ""
    return Side(record.id, record.outcome, record.note, by, record.at, record.device_at)


def complaints(area: Area) -> QuerySet[Complaint]:
    return Complaint.objects.filter(grid__gte=area.lo, grid__lt=area.hi)
