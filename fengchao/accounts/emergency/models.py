"""An emergency access, from the reason given for it to the judgement of whoever answers for the place."""

from functools import cached_property

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from fengchao.areas.models import Overlay
from fengchao.areas.overlays import overlay_with_id
from fengchao.areas.queries import label
from fengchao.base import clock
from fengchao.base.ids import uuid7
from fengchao.base.models import PlaceBound
from fengchao.base.places import Area, common, ground
from fengchao.base.ranges import GroundField


class EmergencyAccess(PlaceBound):
    """What was opened in one community: of an overlay that lies in several there is a row for each, as there is of a
    duty. So each community's own people are told of theirs, end it and judge it; `opening` says what belongs together.

    `grid` is the first of the ground. Seen by its holder, and by everybody whose scope has a grid of it.
    """

    opening = models.UUIDField(default=uuid7)
    by = models.UUIDField()
    by_name = models.CharField(max_length=40)
    ground = GroundField()
    overlay = models.UUIDField(null=True)
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
            models.CheckConstraint(condition=~Q(ground=()), name="emergency_ground_not_empty"),
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
            models.Index(fields=["grid"], condition=Q(reviewed__isnull=True), name="emergency_waiting"),
        ]

    @property
    def area(self) -> Area:
        return ground(self.ground)

    @cached_property
    def laid_over(self) -> Overlay | None:
        return overlay_with_id(self.overlay) if self.overlay else None

    @property
    def code(self) -> int | str:
        """What pages call the place by."""
        return str(self.overlay) if self.overlay else self.area.code or self.grid

    @property
    def place(self) -> str:
        return self.laid_over.name if self.laid_over else label(self.area.code or self.grid)

    @property
    def shows(self) -> tuple[Area, ...]:
        """What there is to see now: never more than was opened, and of an overlay no more than belongs to it today."""
        if self.ended or self.expires <= clock.now():
            return ()
        if self.overlay is None:
            return self.area.parts
        over = self.laid_over
        return common(self.ground, over.areas) if over and over.in_force(clock.today()) else ()

    @property
    def live(self) -> bool:
        return bool(self.shows)
