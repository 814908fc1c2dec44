"""Campaigns, tasks, records, and the counters that are every figure.

A campaign is an explicit denominator: one task for every dwelling, person or premises it is about. A record is what
was observed and never changes. Counters are the tasks grouped, moved by the database in the transaction that moves a
task (see the migration `counters`), so no code can forget them.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from fengchao.base import clock
from fengchao.base.ids import uuid7
from fengchao.base.models import PlaceBound
from fengchao.base.places import Area, ground
from fengchao.base.ranges import GroundField
from fengchao.packs import Words
from fengchao.people.models import Building, Dwelling, Person, Premises
from fengchao.sightings.models import Sighting


class Form(models.Model):
    """A questionnaire: an XLSForm workbook, kept with what it was converted to. A new version is a new row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=40)
    version = models.IntegerField(default=1)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True, default="")
    workbook = models.BinaryField()
    xform = models.TextField()
    fields = models.JSONField(default=list)  # what answers are checked and exported by: see work.forms
    created = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="form_version_once")]

    @property
    def called(self) -> str:
        """The title, in the language of whoever looks."""
        return str(Words(self.title, self.title_en or self.title))

    def __str__(self) -> str:
        return f"{self.called} · {self.version}"


class Campaign(models.Model):
    """Something that must be done at every door, for every person or premises of an area, until a day."""

    class Subject(models.TextChoices):
        DWELLING = "dwelling", _("每一户")
        PERSON = "person", _("每一人")
        PREMISES = "premises", _("每一场所")
        SIGHTING = "sighting", _("每一个看见而未登记的人")

    class State(models.TextChoices):
        PREPARING = "preparing", _("正在生成任务")
        RUNNING = "running", _("进行中")
        CLOSED = "closed", _("已结束")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("任务类型"), max_length=40)
    purpose = models.CharField(_("目的"), max_length=200)
    basis = models.CharField(_("法律依据"), max_length=200)
    declared_by = models.UUIDField(null=True)
    declared_name = models.CharField(_("发起人"), max_length=40)
    lo = models.BigIntegerField()
    hi = models.BigIntegerField()
    ground = GroundField(null=True, editable=False)  # of an overlay: its ranges when it was declared, inside lo..hi
    overlay = models.UUIDField(null=True, editable=False)
    subject = models.CharField(_("对象"), max_length=10, choices=Subject, default=Subject.DWELLING)
    where = models.JSONField(default=dict)  # which of them: see work.subjects
    form = models.ForeignKey(Form, models.PROTECT, null=True, blank=True)
    starts = models.DateTimeField(db_default=Now())
    deadline = models.DateTimeField(_("截止时间"))
    expires = models.DateField(_("资料保存至"))
    state = models.CharField(max_length=10, choices=State, default=State.PREPARING)
    closed = models.DateTimeField(null=True)
    made_tx = models.BigIntegerField(default=0, editable=False)  # rows written since may lack their task

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hi__gt=F("lo")), name="campaign_area_not_empty"),
            models.CheckConstraint(condition=Q(deadline__gt=F("starts")), name="campaign_dates"),
        ]
        indexes = [models.Index(fields=["lo", "hi"], name="campaign_area")]

    @property
    def area(self) -> Area:
        return ground(self.ground) if self.ground else Area(self.lo, self.hi)

    @property
    def late(self) -> bool:
        """Every task is due at the deadline: what is open after it is overdue, or was when the campaign ended."""
        return self.deadline < (self.closed or clock.now())

    def __str__(self) -> str:
        return self.name


# Why a task does not count, beside the states of dwellings: its door went out of the campaign's area before or after it
# was done, or its person did.
LEFT_AREA, LEFT_AREA_DONE, MOVED_AWAY = "left_area", "left_area_done", "moved_away"
AWAY = (LEFT_AREA, LEFT_AREA_DONE, MOVED_AWAY)
MERGED, MERGED_DONE = "merged", "merged_done"  # or two rows were one person, who counts once
AS_ONE = (MERGED, MERGED_DONE)
CLOSED = "premises_closed"
BY_ITSELF = (*AWAY, *AS_ONE, CLOSED)  # it counts again when that is over, and not because somebody says so
EXPIRED = "source_expired"  # whoever was seen by it is forgotten


# A task of the door itself, as `task_once_dwelling` has it: the index serves only who asks in these words.
OF_THE_DOOR = "{0}.person_id IS NULL AND {0}.premises_id IS NULL AND {0}.sighting_id IS NULL"


class Task(PlaceBound):
    """One thing somebody must do, at one door, for one person or at one premises.

    `place` orders tasks as they are walked; `level` is who must act now: 0 the worker, 1 the community, 2 the street
    (raised by the job when `escalate_at` has come). Both stay as they are when it is done: nobody need act then, and
    opened again it goes up as if it never had been. `version` counts what was found out, so that a record made without
    knowing the latest can be told.
    """

    class State(models.IntegerChoices):
        OPEN = 0, _("待办")
        DONE = 1, _("完成")
        EXCLUDED = 2, _("不计入")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="tasks", db_index=False)
    building = models.ForeignKey(Building, models.PROTECT, null=True, related_name="+", db_index=False)
    dwelling = models.ForeignKey(Dwelling, models.PROTECT, null=True, related_name="tasks", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="tasks", db_index=False)
    premises = models.ForeignKey(Premises, models.PROTECT, null=True, related_name="tasks", db_index=False)
    sighting = models.ForeignKey(Sighting, models.DO_NOTHING, null=True, related_name="tasks", db_index=False,
                                 db_constraint=False)  # it is erased when it expires; that there was a task stays
    community = models.GeneratedField(expression=F("grid") / 1000, output_field=models.BigIntegerField(),
                                      db_persist=True)
    street = models.GeneratedField(expression=F("grid") / 1_000_000, output_field=models.BigIntegerField(),
                                   db_persist=True)
    place = models.BigIntegerField(default=0)
    state = models.SmallIntegerField(choices=State, default=State.OPEN)
    outcome = models.CharField(max_length=20, blank=True, default="")
    attempts = models.SmallIntegerField(default=0)
    level = models.SmallIntegerField(default=0)
    due = models.DateTimeField()
    escalate_at = models.DateTimeField(null=True)
    next_try = models.DateTimeField(null=True)
    assigned_to = models.UUIDField(null=True)
    claimed_by = models.UUIDField(null=True)
    version = models.IntegerField(default=1)
    last_at = models.DateTimeField(null=True)
    last_by = models.UUIDField(null=True)
    record = models.UUIDField(null=True)
    excluded = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(dwelling__isnull=False) | Q(person__isnull=False) | Q(premises__isnull=False)
                | Q(sighting__isnull=False),
                name="task_is_about_something",
            ),
            models.UniqueConstraint(fields=["dwelling", "campaign"], name="task_once_dwelling",
                                    condition=Q(person__isnull=True, premises__isnull=True, sighting__isnull=True)),
            models.UniqueConstraint(fields=["person", "campaign"], name="task_once_person",
                                    condition=Q(person__isnull=False)),
            models.UniqueConstraint(fields=["premises", "campaign"], name="task_once_premises",
                                    condition=Q(premises__isnull=False)),
            models.UniqueConstraint(fields=["sighting", "campaign"], name="task_once_sighting",
                                    condition=Q(sighting__isnull=False)),
        ]
        # Lists are read inside a campaign at any level, in walking order or the longest unvisited first; an index per
        # way of reading, partial where only open tasks are read so that it stays as small as what remains. Each
        # ends in the id, as the order does: the planner then takes rows as they stand, however wrong it guesses their
        # number.
        indexes = [
            models.Index(fields=["grid", "tx"], name="task_grid_tx"),
            models.Index(fields=["campaign", "state", "grid", "place", "id"], name="task_walk"),
            models.Index(fields=["campaign", "outcome", "grid", "place", "id"], name="task_outcome"),
            models.Index(fields=["campaign", "last_at", "id"], name="task_waiting", condition=Q(state=0)),
            models.Index(fields=["campaign", "street", "last_at", "id"], name="task_waiting_street",
                         condition=Q(state=0)),
            models.Index(fields=["campaign", "grid", "place", "id"], name="task_overdue",
                         condition=Q(state=0, level__gt=0)),
            models.Index(fields=["assigned_to", "campaign", "grid", "place", "id"], name="task_assigned",
                         condition=Q(state=0, assigned_to__isnull=False)),
            models.Index(fields=["escalate_at"], name="task_escalate",
                         condition=Q(state=0, escalate_at__isnull=False)),
        ]


class Record(PlaceBound):
    """What was observed, once and for ever: the id was made on the device. A correction is a new record.

    The task is locked when its record is written, and `campaign` and `building` are copied from it, so the database
    need not look any of them up again.
    """

    class Conflict(models.IntegerChoices):
        NONE = 0, _("无")
        SOFT = 1, _("同时修改，已合并")
        HARD = 2, _("互相矛盾，待核实")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="records", db_index=False, db_constraint=False)
    task = models.ForeignKey(Task, models.CASCADE, related_name="records", db_index=False, db_constraint=False)
    building = models.ForeignKey(Building, models.DO_NOTHING, null=True, related_name="+", db_index=False,
                                 db_constraint=False)
    outcome = models.CharField(max_length=20)
    answers = models.JSONField(default=dict)
    note = models.CharField(max_length=500, blank=True, default="")
    by = models.UUIDField(null=True)
    device = models.UUIDField(null=True)
    at = models.DateTimeField(db_default=Now())  # the server's clock: it decides
    device_at = models.DateTimeField(null=True)  # the device's clock, as it claimed
    supersedes = models.UUIDField(null=True)
    conflict = models.SmallIntegerField(choices=Conflict, default=Conflict.NONE)
    digest = models.BinaryField(max_length=16)  # the same id with other content is not the same record

    class Meta:
        indexes = [
            models.Index(fields=["grid", "at"], name="record_grid_at"),
            models.Index(fields=["task", "at"], name="record_task_at"),
            models.Index(fields=["grid", "campaign"], condition=Q(conflict=2), name="record_hard_conflict"),
        ]


class Counter(models.Model):
    """Tasks of a campaign in a grid, grouped. Written by the database alone."""

    pk = models.CompositePrimaryKey("campaign_id", "grid", "state", "outcome", "level")
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="counters", db_index=False)
    grid = models.BigIntegerField()
    state = models.SmallIntegerField(choices=Task.State)
    outcome = models.CharField(max_length=20)
    level = models.SmallIntegerField()
    n = models.IntegerField()
    attempts = models.IntegerField()


class SignOff(PlaceBound):
    """Somebody who answers for a place states that a campaign is done there; the figures as they stood then.

    `grid` is the first grid of the area lo..hi.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="sign_offs", db_index=False)
    lo = models.BigIntegerField()
    hi = models.BigIntegerField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=40)
    at = models.DateTimeField(db_default=Now())
    figures = models.JSONField(default=dict)
    note = models.CharField(max_length=200, blank=True, default="")
    withdrawn = models.DateTimeField(null=True)
    went_with = models.UUIDField(null=True)  # the re-gridding that took it back, or whoever moved in

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "lo", "hi"], condition=Q(withdrawn__isnull=True),
                                    name="sign_off_once"),
        ]
        indexes = [models.Index(fields=["grid", "campaign"], name="sign_off_grid")]
