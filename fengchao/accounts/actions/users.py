"""Accounts are opened, closed and given a new password by somebody who answers for them."""

import re
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from fengchao.base import audit, clock
from fengchao.base.actor import Actor
from fengchao.base.crypto import seal
from fengchao.base.errors import Refused
from fengchao.base.places import Area

from ..models import Device, User
from ..rules import may_open_accounts, require_manager
from .sessions import end_all

USERNAME = re.compile(r"[a-z0-9.\-\u4e00-\u9fff]{2,60}")
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # read aloud and written down: nothing that looks like another


def one_time_password() -> str:
    """59 bits in three groups of four."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))


def create_user(*, by: Actor, username: str, name: str, home: Area, unit: str = "", phone: str = "",
                password: str = "") -> tuple[User, str]:
    """The account and the one-time password to hand over. With `password` that one holds, and is not temporary."""
    if not may_open_accounts(by, home):
        raise Refused("not_allowed")
    username = username.strip().lower()
    if not USERNAME.fullmatch(username):
        raise Refused("bad_username")
    user = User(username=username, name=name.strip(), unit=unit.strip(), phone_sealed=seal(phone.strip()),
                home_lo=home.lo, home_hi=home.hi)
    given = _give_password(user, password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as taken:
        raise Refused("username_taken") from taken
    audit.write_one("user_created", user.id, by=by, grid=home.lo)
    return user, given


def _give_password(user: User, chosen: str = "") -> str:
    given = chosen or one_time_password()
    user.set_password(given)
    user.temporary_until = None if chosen else clock.now() + timedelta(hours=settings.ONE_TIME_PASSWORD_HOURS)
    return given


def reset_password(*, by: Actor, user: User) -> str:
    """A new one-time password, shown once. Whoever used the old one is signed out everywhere."""
    require_manager(by, user)
    given = _give_password(user)
    User.objects.filter(id=user.id).update(password=user.password, temporary_until=user.temporary_until)
    end_all(user, by=by)
    audit.write_one("password_reset", user.id, by=by, grid=user.home_lo)
    return given


def password_chosen(*, by: Actor, user: User) -> None:
    """The person has chosen their own."""
    User.objects.filter(id=user.id).update(temporary_until=None)
    audit.write_one("password_chosen", user.id, by=by, grid=user.home_lo)


def deactivate(*, by: Actor, user: User) -> None:
    require_manager(by, user)
    User.objects.filter(id=user.id).update(is_active=False)
    end_all(user, by=by)
    Device.objects.filter(user=user, revoked__isnull=True).update(revoked=Now())
    audit.write_one("user_deactivated", user.id, by=by, grid=user.home_lo)


def activate(*, by: Actor, user: User) -> None:
    require_manager(by, user)
    User.objects.filter(id=user.id).update(is_active=True)
    audit.write_one("user_activated", user.id, by=by, grid=user.home_lo)
