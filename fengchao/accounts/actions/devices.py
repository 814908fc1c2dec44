"""Phones: signed in once, then known by a token until it is revoked, expires, or the last duty ends."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models.functions import Now

from fengchao.base import audit, clock
from fengchao.base.actor import Actor
from fengchao.base.errors import Refused

from ..models import Device, User
from ..rules import require_manager


def lifetime() -> datetime:
    return clock.now() + timedelta(days=settings.DEVICE_TOKEN_DAYS)


def enrol_device(*, by: Actor, user: User, name: str, token_hash: bytes) -> Device:
    """A one-time password is used up by it: whoever comes second with it finds out that somebody came first."""
    if not by.grants:
        raise Refused("no_duty")
    device = Device.objects.create(user=user, name=name[:60], token_hash=token_hash, expires=lifetime())
    if user.temporary_until is not None:
        user.set_unusable_password()
        User.objects.filter(id=user.id).update(password=user.password, temporary_until=None)
    audit.write_one("device_enrolled", device.id, by=by, grid=user.home_lo)
    return device


def revoke_device(*, by: Actor, device: Device) -> None:
    if by.id != device.user_id:
        require_manager(by, device.user)
    Device.objects.filter(id=device.id, revoked__isnull=True).update(revoked=Now())
    audit.write_one("device_revoked", device.id, by=by, grid=device.user.home_lo)


def touch_device(*, by: Actor) -> None:
    """Seen now: a phone in use is not asked to sign in again."""
    assert by.device_id is not None, "only a phone is seen"
    Device.objects.filter(id=by.device_id).update(last_seen=Now(), expires=lifetime())
