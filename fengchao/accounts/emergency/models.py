"""An emergency access, from the reason given for it to the judgement of whoever answers for the place."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from fengchao.base import clock
from fengchao.base.models import PlaceBound
from fengchao.base.places import Area


class EmergencyAccess(PlaceBound):
    """`grid` is the first of the area. Seen by its holder, and by everybody whose scope its area touches."""

    by = models.UUIDField()
    by_name = models.CharField(max_length=40)
    lo = models.BigIntegerField()
    hi = models.BigIntegerField()
    reason = models.CharField(max_length=30)  # a code of the pack's emergency_reasons
    words = models.CharField(max_length=200)
    begun = models.DateTimeField(db_default=Now())
    expires = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)  # by hand, before `expires`
    reviewed = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.UUIDField(null=True, blank=True)
    reviewed_name = models.CharField(max_length=40, blank=True, default="")
    justified = models.BooleanField(null=True, blank=True)
    verdict = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        app_label = "accounts"
        constraints = [
            models.CheckConstraint(condition=Q(hi__gt=F("lo")), name="emergency_area_not_empty"),
            models.CheckConstraint(condition=Q(expires__gt=F("begun")), name="emergency_ends"),
            models.CheckConstraint(
                condition=Q(reviewed__isnull=True, reviewed_by__isnull=True, justified__isnull=True)
                | Q(reviewed__isnull=False, reviewed_by__isnull=False, justified__isnull=False)
                & ~Q(reviewed_by=F("by")) & ~Q(verdict=""),
                name="emergency_reviewed_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["grid", "-begun"], name="emergency_grid"),
            models.Index(fields=["by", "-begun"], name="emergency_by"),
            models.Index(fields=["lo"], condition=Q(reviewed__isnull=True), name="emergency_waiting"),
        ]

    @property
    def area(self) -> Area:
        return Area(self.lo, self.hi)

    @property
    def live(self) -> bool:
        return self.ended is None and self.expires > clock.now()
