"""The daily return of a community: composed by the system, confirmed by a person, then frozen."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from fengchao.base.models import PlaceBound


class DailyReturn(PlaceBound):
    """What a community stated for a day. It exists only once it is confirmed, and can never be changed.

    `lines` are [{code, zh, en, value, comment}] as they were printed, words included, so that a later pack does not
    rewrite yesterday. It covers since < t <= until; the next one begins where it ended, so nothing falls between two.
    `grid` is the first grid of the community.
    """

    lo = models.BigIntegerField()
    hi = models.BigIntegerField()
    day = models.DateField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    lines = models.JSONField()
    nil = models.BooleanField()
    late = models.BooleanField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=40)
    confirmed = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lo", "hi", "day"], name="return_once_a_day"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="return_covers_time"),
        ]
        indexes = [models.Index(fields=["grid", "day"], name="return_grid_day"),
                   models.Index(fields=["grid", "tx"], name="return_grid_tx")]

    def value(self, code: str) -> int:
        return next((line["value"] for line in self.lines if line["code"] == code), 0)
