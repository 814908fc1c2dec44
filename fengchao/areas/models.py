"""The national tree of divisions, and the grids below its communities."""

from django.db import models
from django.db.models.functions import Now

from fengchao.base.places import Area


class Division(models.Model):
    """A province, city, county, street or community of the national register, or a local addition to it.

    `code` is the national 12-digit code (350206000000 for a county); lo..hi the 15-digit range below it.
    """

    class Level(models.IntegerChoices):
        PROVINCE = 1
        CITY = 2
        COUNTY = 3
        STREET = 4
        COMMUNITY = 5

    code = models.BigIntegerField(primary_key=True)
    name = models.CharField(max_length=80)
    short = models.CharField(max_length=40, blank=True, default="")
    level = models.SmallIntegerField(choices=Level)
    lo = models.BigIntegerField()
    hi = models.BigIntegerField()
    local = models.BooleanField(default=False)
    forming = models.BooleanField(default=False)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    merged_into = models.BigIntegerField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["name", "level"], name="division_name"),
            models.Index(fields=["level", "lo"], name="division_level"),
        ]

    @property
    def area(self) -> Area:
        return Area(self.lo, self.hi)


class Grid(models.Model):
    """A grid of a community: 12 + 3 digits, valid from a day to a day. Places are not personal: no policy."""

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
        ]
