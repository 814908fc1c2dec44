"""The national tree of divisions, the grids below its communities, and how they came to be what they are."""

from datetime import date, timedelta

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from fengchao.base.ids import uuid7
from fengchao.base.models import CurrentTx, PlaceBound
from fengchao.base.places import Area, ground, union

DIGITS_OF = {1: 2, 2: 4, 3: 6, 4: 9, 5: 12}  # level -> digits of its code


class Division(models.Model):
    """A province, city, county, street or community of the national register, or a local addition to it.

    `code` is the national 12-digit code (350206000000 for a county); lo..hi the 15-digit range below it. A city
    without counties (东莞) and its one county share a padded code: only code and level together name a division.
    """

    class Level(models.IntegerChoices):
        PROVINCE = 1
        CITY = 2
        COUNTY = 3
        STREET = 4
        COMMUNITY = 5

    code = models.BigIntegerField()
    name = models.CharField(max_length=80)
    short = models.CharField(max_length=40, blank=True, default="")
    level = models.SmallIntegerField(choices=Level)
    lo = models.BigIntegerField()
    hi = models.BigIntegerField()
    local = models.BooleanField(default=False)
    forming = models.BooleanField(default=False)
    by_hand = models.BooleanField(db_default=False)  # renamed or merged here: no file of the register changes it
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    merged_into = models.BigIntegerField(null=True, blank=True)

    class Meta:
        # The only index beside the key, always asked with the level: the register loads in seconds, and a name is
        # looked for inside a parent; over the whole country a scan of 665,276 rows takes a tenth of a second.
        constraints = [models.UniqueConstraint(fields=["level", "code"], name="division_code")]

    def __str__(self) -> str:
        return self.name

    @property
    def area(self) -> Area:
        return Area(self.lo, self.hi)

    @property
    def digits(self) -> int:
        """The code as written at its level: 350206, not 350206000000."""
        return self.code // 10 ** (12 - DIGITS_OF[self.level])


class FormerName(models.Model):
    """What a place was called before: people go on using it."""

    division = models.ForeignKey(Division, models.CASCADE, related_name="former")
    name = models.CharField(max_length=80)
    until = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["name"], name="former_name")]

    def __str__(self) -> str:
        return self.name


class Grid(models.Model):
    """A grid of a community: 12 + 3 digits, valid from a day to a day. Places are not personal: no policy.

    One that was undone on its first day, or given up before it came, ends the day before it begins: its number stays
    taken and it was never in force.
    """

    class Kind(models.TextChoices):
        BASE = "base_grid"
        DEDICATED = "dedicated_grid"

    code = models.BigIntegerField(primary_key=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.BASE)
    since = models.DateField(db_default=Now())
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(code__gte=10**14, code__lt=10**15), name="grid_15_digits"),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since") - timedelta(days=1)),
                name="grid_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Regridding(PlaceBound):
    """One change of the grids of an area lo..hi, as data: what (see `plans`), when, by whom, and what became of it.

    `choices` is what those above areas were told beside it (which duties follow); `figures` what it touched when it
    was carried out; `before` what it needs to be undone.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("待执行")
        DONE = "done", _("已执行")
        UNDONE = "undone", _("已撤销")
        DROPPED = "dropped", _("已放弃")

    lo = models.BigIntegerField()
    hi = models.BigIntegerField()
    title = models.CharField(_("说明"), max_length=80)
    plan = models.JSONField()
    choices = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    day = models.DateField(_("执行日期"), null=True, blank=True)
    problem = models.JSONField(default=dict)  # why it was not carried out on its day
    figures = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=40)
    at = models.DateTimeField(db_default=Now())
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(hi__gt=models.F("lo")), name="regridding_area")]
        indexes = [
            models.Index(fields=["grid", "-at"], name="regridding_grid"),
            models.Index(fields=["day"], name="regridding_due", condition=models.Q(state="planned", day__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def area(self) -> Area:
        return Area(self.lo, self.hi)


class Move(models.Model):
    """A building (or what belongs to none: a market, a person without a door) went from a grid to a grid.

    Only ever added to: an undoing adds the way back. It is the history of a place, and tells where a record made
    under the old number belongs now. No more personal than a grid: no policy.
    """

    id = models.BigAutoField(primary_key=True)
    regridding = models.ForeignKey(Regridding, models.CASCADE, related_name="moves", db_constraint=False)
    kind = models.CharField(max_length=10)
    row = models.UUIDField()
    was = models.BigIntegerField()
    becomes = models.BigIntegerField()
    tx = models.BigIntegerField(db_default=CurrentTx(), editable=False)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["was", "at"], name="move_was"),
            models.Index(fields=["row", "id"], name="move_row"),
        ]


class Overlay(models.Model):
    """A named set of places that the tree lacks, for some time: what it consists of stands in its parts."""

    class Kind(models.TextChoices):
        FUNCTIONAL_AREA = "functional_area", _("功能区")
        ENCLOSURE = "enclosure", _("围合")
        CIRCUIT = "circuit", _("巡查线路")
        ZONE = "zone", _("管控区")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("类型"), max_length=20, choices=Kind)
    since = models.DateField(db_default=Now())
    until = models.DateField(_("最后一天"), null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def areas(self) -> tuple[Area, ...]:
        """As few ranges as there can be, in order. Ask for `parts` with prefetch when listing many."""
        return union(Area(part.lo, part.hi) for part in self.parts.all())

    @property
    def ground(self) -> Area:
        """Its areas as one place."""
        return ground(self.areas)

    def in_force(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


class OverlayPart(models.Model):
    overlay = models.ForeignKey(Overlay, models.CASCADE, related_name="parts")
    lo = models.BigIntegerField()
    hi = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["overlay", "lo"], name="overlay_part_once"),
            models.CheckConstraint(condition=models.Q(hi__gt=models.F("lo")), name="overlay_part_not_empty"),
        ]
        indexes = [models.Index(fields=["lo", "hi"], name="overlay_part_area")]


class NationalFile(PlaceBound):
    """A newer file of the national register, held against what the home has inside the area lo..hi.

    Kept for ever, as the source of what the divisions are called: where it is from, as of when, its checksum.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("待确认")
        DONE = "done", _("已采用")
        DROPPED = "dropped", _("已放弃")

    lo = models.BigIntegerField()
    hi = models.BigIntegerField()
    file_name = models.CharField(_("文件"), max_length=120)
    source = models.CharField(_("来源"), max_length=200)
    as_of = models.DateField(_("数据截止日期"))
    sha256 = models.CharField(max_length=64)
    codes = models.IntegerField()
    counts = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=40)
    at = models.DateTimeField(db_default=Now())
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(hi__gt=models.F("lo")), name="nationalfile_area")]
        indexes = [models.Index(fields=["grid", "-at"], name="nationalfile_grid")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def area(self) -> Area:
        return Area(self.lo, self.hi)


class Difference(models.Model):
    """A code that a file of the register no longer has, has anew, or calls otherwise. No more personal than a grid.

    `standing` counts what of this installation depends on it; empty, it is just taken over. `becomes` is where it
    went: a code of its level, its own if it only changed its name, 0 if it ended with nothing after it, None if
    nobody knows; guessed for a `reason` until somebody has `decided`.
    """

    class Kind(models.TextChoices):
        GONE = "gone"
        CAME = "came"
        RENAMED = "renamed"

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(NationalFile, models.CASCADE, related_name="differences", db_index=False)
    kind = models.CharField(max_length=7, choices=Kind)
    level = models.SmallIntegerField(choices=Division.Level)
    code = models.BigIntegerField()
    lo = models.BigIntegerField()
    hi = models.BigIntegerField()
    name = models.CharField(max_length=80)
    new_name = models.CharField(max_length=80, default="")
    local = models.BooleanField(default=False)
    by_hand = models.BooleanField(default=False)
    standing = models.JSONField(default=dict)
    becomes = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=12, default="")
    candidates = models.JSONField(default=list)
    decided = models.BooleanField(default=False)
    regridding = models.ForeignKey(Regridding, models.SET_NULL, null=True, related_name="+", db_constraint=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "kind", "level", "code"], name="difference_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def area(self) -> Area:
        return Area(self.lo, self.hi)

    @property
    def key(self) -> tuple[int, int]:
        return self.level, self.code

    @property
    def open(self) -> bool:
        """Somebody has to say where it went."""
        return self.kind != self.Kind.CAME and bool(self.standing) and self.becomes is None
