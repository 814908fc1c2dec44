"""Who looked at whom, and how the personal data of a campaign end. Everything here is only ever added.

A close-out is three facts by different hands: what there is (Inventory), that it may go (Approval), that it is gone
(Certificate). The last is written by the database itself while it erases, and by nothing else.
"""

from django.db import models
from django.db.models.functions import Now

from fengchao.base.models import PlaceBound
from fengchao.work.models import Campaign


class AccessLog(PlaceBound):
    """An id, a phone or an address was shown in full: whose, to whom, what for. The person concerned may see it."""

    building = models.UUIDField(null=True)
    person = models.UUIDField()
    what = models.CharField(max_length=10)
    purpose = models.CharField(max_length=30)
    note = models.CharField(max_length=200, blank=True, default="")
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=40)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["grid", "id"], name="access_grid"),
            models.Index(fields=["person", "-at"], name="access_person"),
            models.Index(fields=["by", "-at"], name="access_by"),
        ]


class Inventory(PlaceBound):
    """What personal data a closed campaign holds, counted by the system. `grid` is the first grid of its area."""

    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="inventory")
    counts = models.JSONField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=40)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["grid", "id"], name="inventory_grid")]


class Approval(PlaceBound):
    """A second person agrees that it may go."""

    inventory = models.OneToOneField(Inventory, models.PROTECT, related_name="approval")
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=40)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["grid", "id"], name="approval_grid")]


class Certificate(PlaceBound):
    """It is gone: how much, and a hash over what it was, so that a copy that turns up can be recognised."""

    inventory = models.OneToOneField(Inventory, models.PROTECT, related_name="certificate")
    records = models.BigIntegerField()
    answers = models.BigIntegerField()
    notes = models.BigIntegerField()
    photos = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=40)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["grid", "id"], name="certificate_grid")]
