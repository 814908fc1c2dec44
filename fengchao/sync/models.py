"""What arrives from phones besides records: remembered operations, refused ones, complaints, photos."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from fengchao.base.models import PlaceBound


class Operation(PlaceBound):
    """An operation other than a record that was carried out: sent again, it is known and not done twice.

    A record needs no such memory, it is its own.
    """

    type = models.CharField(max_length=20)
    by = models.UUIDField(null=True)
    device = models.UUIDField(null=True)
    at = models.DateTimeField(db_default=Now())
    device_at = models.DateTimeField(null=True)
    digest = models.BinaryField(max_length=16)

    class Meta:
        indexes = [models.Index(fields=["grid", "id"], name="operation_grid")]


class HeldOperation(PlaceBound):
    """What a phone sent and could not be accepted: kept for the secretary, with the reason, for a limited time.

    The content may name people, so it is sealed; `grid` is where the sender works, since the place may be the mistake.
    """

    key = models.CharField(max_length=64)  # the operation's id as the phone wrote it, which may be no id at all
    type = models.CharField(max_length=20, blank=True, default="")
    code = models.CharField(_("原因"), max_length=40)
    params = models.JSONField(default=dict)
    payload_sealed = models.BinaryField()
    by = models.UUIDField()
    device = models.UUIDField(null=True)
    at = models.DateTimeField(_("收到时间"), db_default=Now())
    expires = models.DateTimeField()
    resolved = models.DateTimeField(null=True)
    resolved_by = models.UUIDField(null=True)
    resolution = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "key"], name="held_once")]
        indexes = [
            models.Index(fields=["grid", "id"], name="held_open", condition=models.Q(resolved__isnull=True)),
            models.Index(fields=["expires"], name="held_expires"),
        ]


class Complaint(PlaceBound):
    """A worker says what is wrong with the work or with this program. Its id is the operation's."""

    text = models.CharField(_("内容"), max_length=1000)
    by = models.UUIDField(null=True)
    device = models.UUIDField(null=True)
    at = models.DateTimeField(db_default=Now())
    answer = models.CharField(_("处理情况"), max_length=500, blank=True, default="")
    answered = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["grid", "-id"], name="complaint_grid")]


class Attachment(PlaceBound):
    """A photo of a record, never required. In the database, so that its backup, policy and close-out hold for it;
    the migration ties it to the record, with which it is erased."""

    record = models.UUIDField(unique=True)
    building = models.UUIDField(null=True)
    image = models.BinaryField()
    size = models.IntegerField()
    digest = models.BinaryField(max_length=32)
    by = models.UUIDField(null=True)
    device = models.UUIDField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["grid", "id"], name="attachment_grid")]
