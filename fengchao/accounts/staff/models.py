"""A staff list between its upload and its confirmation."""

from django.db import models
from django.db.models.functions import Now

from fengchao.base.models import PlaceBound
from fengchao.base.places import Area


class StaffList(PlaceBound):
    """`grid` is the first of the area. `sealed`: its lines as JSON, emptied when it is done, dropped or old."""

    lo = models.BigIntegerField()
    hi = models.BigIntegerField()
    file_name = models.CharField(max_length=120)
    whole = models.BooleanField()  # everybody who works here stands in it: whoever does not has left
    sealed = models.BinaryField()
    counts = models.JSONField(default=dict)
    by = models.UUIDField(null=True)
    at = models.DateTimeField(db_default=Now())
    finished = models.DateTimeField(null=True)

    class Meta:
        app_label = "accounts"
        indexes = [models.Index(fields=["grid", "-at"], name="staff_grid_at")]

    @property
    def area(self) -> Area:
        return Area(self.lo, self.hi)
