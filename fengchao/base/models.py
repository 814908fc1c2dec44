"""What every place-bound row carries, the audit trail, and the tombstones that phones need."""

from django.db import models
from django.db.models.functions import Now

from .ids import uuid7


class CurrentTx(models.Func):
    """The number of the transaction that writes: see `fc_tx` in the first migration."""

    function = "fc_tx"
    template = "fc_tx()"
    output_field = models.BigIntegerField()


class PlaceBound(models.Model):
    """A row about a place: `grid` is where, `tx` the transaction that wrote it last.

    `tx` is given by the database (default and trigger of base.rls.Protect), never by code. Each subclass has an
    index that leads with `grid`; `Protect` in its migration puts it under the policy. A law checks both.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    grid = models.BigIntegerField()
    tx = models.BigIntegerField(db_default=CurrentTx(), editable=False)

    class Meta:
        abstract = True


class AuditEntry(models.Model):
    """Who did what to what, written in the transaction of the deed. The login role can add and read, no more."""

    id = models.BigAutoField(primary_key=True)
    tx = models.BigIntegerField(db_default=CurrentTx(), editable=False)
    at = models.DateTimeField(db_default=Now())
    grid = models.BigIntegerField()
    actor = models.UUIDField(null=True)
    device = models.UUIDField(null=True)
    action = models.CharField(max_length=40)
    object = models.CharField(max_length=80)
    purpose = models.CharField(max_length=200, default="", blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["tx", "id"], name="audit_tx"),
            models.Index(fields=["grid", "id"], name="audit_grid"),
            models.Index(fields=["object"], name="audit_object"),
        ]


class AuditSeal(models.Model):
    """A hash over all entries of the transactions lo <= tx < hi and over the seal before it.

    Everything below `hi` had finished when the seal was made, so no late commit can slip in behind it.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=Now())
    lo = models.BigIntegerField()
    hi = models.BigIntegerField(unique=True)
    entries = models.BigIntegerField()
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)


class Tombstone(models.Model):
    """A row left this grid: a phone that holds it must forget it. Written by the trigger of base.rls.Protect."""

    id = models.BigAutoField(primary_key=True)
    tx = models.BigIntegerField(db_default=CurrentTx())
    grid = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    row = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["grid", "tx"], name="tombstone_grid_tx")]


class Epoch(models.Model):
    """One row. A restored database starts a new epoch: transaction numbers go on above every number ever given,
    and phones that pulled from the lost future pull everything anew."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    epoch = models.UUIDField(default=uuid7)
    tx_offset = models.BigIntegerField(default=0)
    since = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="epoch_one_row")]


class Progress(models.Model):
    """A long action that somebody began: how far it is, and how it ended. Shown to that person only."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        REFUSED = "refused"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=60)
    owner = models.UUIDField(null=True)
    grid = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    message = models.CharField(max_length=60, default="", blank=True)
    result = models.JSONField(default=dict)
    created = models.DateTimeField(db_default=Now())
    started = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "-created"], name="progress_owner")]
