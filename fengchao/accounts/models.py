"""Users, and their duties: role x area x dates, several for a person."""

from django.contrib.auth.models import AbstractBaseUser, UserManager
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from fengchao.base.actor import Grant
from fengchao.base.ids import uuid7
from fengchao.base.places import COUNTRY, Area

from .roles import ROLES


class User(AbstractBaseUser):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(_("用户名"), max_length=60, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    phone_sealed = models.BinaryField(default=b"")
    email = models.EmailField(blank=True, default="")
    unit = models.CharField(_("所在单位"), max_length=80, blank=True, default="")
    # Where the account belongs: whoever manages users there manages it, before it has any duty and after its last.
    home_lo = models.BigIntegerField(default=0)
    home_hi = models.BigIntegerField(default=COUNTRY.hi)
    is_active = models.BooleanField(default=True)
    # Until when the one-time password given by an administrator holds; empty once the person has chosen their own.
    temporary_until = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(db_default=Now())

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    is_staff = is_superuser = False
    granted: tuple[Grant, ...] | None = None  # what the duties of today give, where they were read along (see backend)
    objects = UserManager()

    def __str__(self) -> str:
        return self.name

    @property
    def home(self) -> Area:
        return Area(self.home_lo, self.home_hi)


class Duty(models.Model):
    """A role held for an area, from a day to a day. Scope follows from it and ends with it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="duties")
    role = models.CharField(max_length=30, choices={code: role.name for code, role in ROLES.items()})
    lo = models.BigIntegerField()
    hi = models.BigIntegerField()
    building = models.UUIDField(null=True, blank=True)
    since = models.DateField(db_default=Now())
    until = models.DateField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)  # ended by hand, at once, whatever `until` says
    overlay = models.UUIDField(null=True, blank=True, editable=False)  # given for an overlay: one row for each part
    came_with = models.UUIDField(null=True, blank=True, editable=False)  # the re-gridding that gave it
    went_with = models.UUIDField(null=True, blank=True, editable=False)  # the one that ended it

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(hi__gt=models.F("lo")), name="duty_area_not_empty"),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="duty_dates_in_order",
            ),
        ]
        indexes = [models.Index(fields=["user"], name="duty_user"), models.Index(fields=["lo", "hi"], name="duty_area"),
                   models.Index(fields=["overlay"], name="duty_overlay", condition=models.Q(overlay__isnull=False)),
                   models.Index(fields=["came_with"], name="duty_came", condition=models.Q(came_with__isnull=False)),
                   models.Index(fields=["went_with"], name="duty_went", condition=models.Q(went_with__isnull=False))]

    def __str__(self) -> str:
        return f"{self.role} {self.lo}"

    @property
    def area(self) -> Area:
        return Area(self.lo, self.hi)


class Device(models.Model):
    """A phone somebody signed in on. Only a hash of its token is kept: who reads the table cannot act with it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="devices")
    name = models.CharField(max_length=60)
    token_hash = models.BinaryField(max_length=32, unique=True)
    created = models.DateTimeField(db_default=Now())
    last_seen = models.DateTimeField(db_default=Now())
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user"], name="device_user")]

    def __str__(self) -> str:
        return self.name


# Tables of this app that are described beside their actions.
from .emergency.models import EmergencyAccess  # noqa: E402, F401
from .staff.models import StaffList  # noqa: E402, F401
