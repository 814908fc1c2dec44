"""Where places and buildings lie on the ground, each outline from a day to a day, and files on their way in.

Outlines are GeoJSON MultiPolygon coordinates in WGS-84 with their box beside them. No spatial extension is needed: a
page reads the outlines of one area by its range of grids, and geometry is computed by `engines.geometry`.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from fengchao.base.models import PlaceBound
from fengchao.base.places import Area
from fengchao.people.models import Building


class Shape(PlaceBound):
    """An outline in force from `since` to the last day `until`. A new import ends the old one, so that the map of a
    day stays the map of that day."""

    parts = models.JSONField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    since = models.DateField(db_default=Now())
    until = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class Boundary(Shape):
    """The border of a grid or a division, lo..hi; `grid` is its first. Not personal, and seen wherever it touches."""

    lo = models.BigIntegerField()
    hi = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lo", "hi"], condition=Q(until__isnull=True), name="boundary_one_open"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="boundary_dates"),
        ]
        indexes = [models.Index(fields=["grid", "hi"], name="boundary_grid")]


class Outline(Shape):
    """The outline of a building; `grid` is the grid of the building."""

    building = models.ForeignKey(Building, models.CASCADE, related_name="outlines", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["building"], condition=Q(until__isnull=True), name="outline_one_open"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="outline_dates"),
        ]
        indexes = [models.Index(fields=["grid"], name="outline_grid")]


class MapImport(PlaceBound):
    """A file between upload and confirmation: what it says, not what would come of it, which is computed when asked.

    `grid` is the first of the area lo..hi that somebody imports for. `features` are those of `formats.read`, in the
    file's own datum; they are dropped when the import ends. `column` is what features are called by; empty: found out.
    """

    class What(models.TextChoices):
        BOUNDARIES = "boundaries", _("网格或区划的边界")
        BUILDINGS = "buildings", _("楼栋的轮廓")

    class Datum(models.TextChoices):
        WGS84 = "wgs84", _("WGS-84 或 CGCS2000（天地图、测绘成果、GPS）")
        GCJ02 = "gcj02", _("GCJ-02（高德、腾讯）")
        BD09 = "bd09", _("BD-09（百度）")

    class State(models.TextChoices):
        WAITING = "waiting", _("待确认")
        DONE = "done", _("已导入")
        DROPPED = "dropped", _("已放弃")

    lo = models.BigIntegerField()
    hi = models.BigIntegerField()
    file_name = models.CharField(_("文件"), max_length=120)
    what = models.CharField(_("内容"), max_length=10, choices=What)
    datum = models.CharField(_("坐标"), max_length=5, choices=Datum)
    column = models.CharField(_("名称在哪一列"), max_length=120, blank=True, default="")
    features = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    counts = models.JSONField(default=dict)
    by = models.UUIDField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["grid", "-at"], name="mapimport_grid_at")]

    @property
    def area(self) -> Area:
        return Area(self.lo, self.hi)
