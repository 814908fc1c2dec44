"""The doors for other systems: tokens that open them, webhooks that ring there, and what became of each ring."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from fengchao.accounts.models import User
from fengchao.areas.overlays import ground_of
from fengchao.base.ids import uuid7
from fengchao.base.models import PlaceBound
from fengchao.base.places import Area, ground
from fengchao.base.ranges import GroundField

COLLECT = "collect"  # what a token allows besides feeds: filling in campaigns with ODK Collect


class GivenFor(models.Model):
    """What opens a place to another program."""

    lo = models.BigIntegerField()
    hi = models.BigIntegerField()
    ground = GroundField(null=True, editable=False)  # of a place that became several ranges, inside lo..hi
    overlay = models.UUIDField(null=True, editable=False)  # only inside its ground of the day, inside lo..hi when made

    class Meta:
        abstract = True

    @property
    def area(self) -> Area:
        return ground_of(self.overlay, ground(self.ground) if self.ground else Area(self.lo, self.hi))


class Token(GivenFor):
    """Another program may act for `user`, only inside lo..hi, only for what `allows` names, until `expires`.

    The secret itself is not kept. `digest_sealed` is there for ODK Collect alone, which signs with HTTP digest: what
    checks such a signature would also make one, so it is sealed with the key that is not in the database.
    Like a device's, a token is looked up before anybody acts: no policy could know yet who asks.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("用途"), max_length=60)
    user = models.ForeignKey(User, models.CASCADE, related_name="access_tokens", db_index=False)
    made_by = models.UUIDField(null=True)
    allows = models.JSONField(default=list)
    token_hash = models.BinaryField(max_length=32, unique=True)
    digest_sealed = models.BinaryField(default=b"")
    # Of the last form that came in: the nonce it was signed with, how often that had been used, and the body's hash.
    nonce = models.BigIntegerField(default=0)
    nonce_count = models.BigIntegerField(default=0)
    nonce_body = models.BinaryField(default=b"")
    made = models.DateTimeField(db_default=Now())
    expires = models.DateTimeField(_("有效至"))
    last_used = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(hi__gt=models.F("lo")), name="token_area_not_empty")]
        indexes = [models.Index(fields=["user"], name="token_user"), models.Index(fields=["lo"], name="token_area")]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> int:
        """Where the trail says it: the area of a feed's token, the home of whoever uses Collect."""
        return self.user.home_lo if COLLECT in self.allows else self.lo

    @property
    def collect_name(self) -> str:
        """As whom Collect signs in: its library sends no other characters than those of ASCII."""
        return self.user.username if self.user.username.isascii() else self.id.hex


class Webhook(GivenFor, PlaceBound):
    """An address that is told, at most once a minute, that feeds have moved. `grid` is the first grid of lo..hi.

    `reached` holds for each feed the transaction up to which the address has been told.
    """

    name = models.CharField(_("用途"), max_length=60)
    url = models.CharField(_("网址"), max_length=300)
    secret_sealed = models.BinaryField()
    user = models.UUIDField()
    feeds = models.JSONField(default=list)
    reached = models.JSONField(default=dict)
    made = models.DateTimeField(db_default=Now())
    ended = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(hi__gt=models.F("lo")), name="webhook_area_not_empty")]
        indexes = [models.Index(fields=["grid", "id"], name="webhook_grid")]

    def __str__(self) -> str:
        return self.name


class Delivery(PlaceBound):
    """One message to a webhook: ids and counts only, and how the last attempt ended."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待发送")
        DELIVERED = "delivered", _("已送达")
        FAILED = "failed", _("未送达")

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries", db_index=False)
    payload = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.SmallIntegerField(default=0)
    status = models.SmallIntegerField(null=True)  # of the last answer, if there was one
    problem = models.CharField(max_length=40, blank=True, default="")  # a code of the catalogue
    made = models.DateTimeField(db_default=Now())
    next_try = models.DateTimeField(null=True)
    delivered = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["grid", "id"], name="delivery_grid"),
                   models.Index(fields=["webhook", "-id"], name="delivery_webhook")]
