"""Taking in a staff list, and doing what it says once somebody has seen what that is."""

import json
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.crypto import get_random_string

from fengchao.base import audit, clock
from fengchao.base.actor import Actor
from fengchao.base.audit import Deed
from fengchao.base.crypto import seal, unseal
from fengchao.base.errors import Refused
from fengchao.base.places import Area
from fengchao.sheets import uploads
from fengchao.sheets.limits import MB

from ..actions.sessions import end_all
from ..actions.users import one_time_password
from ..endings import with_duty
from ..gate import has_second_factor
from ..models import Duty, User
from ..rules import may_open_accounts
from .matching import Person
from .models import StaffList
from .plan import Plan, plan
from .reading import COLUMNS, SMALL, TARGET, line_of

KEPT = timedelta(days=3)  # an uploaded list, with its names and numbers, waits no longer
ROUNDS = 2_000  # for 59 random bits that hold three days; a password that somebody chose is hashed slowly, at sign-in


def receive(*, by: Actor, area: Area, name: str, chunks: Iterable[bytes], whole: bool) -> StaffList:
    if not may_open_accounts(by, area):
        raise Refused("not_allowed")
    raws = _read(chunks)
    if not raws:
        raise Refused("sheet_empty")
    made = StaffList.objects.create(grid=area.lo, lo=area.lo, hi=area.hi, file_name=Path(name).name[:120], whole=whole,
                                    sealed=seal(json.dumps(raws)), by=by.id)
    audit.write_one("staff_list_received", made.id, by=by, grid=area.lo, rows=len(raws))
    return made


def _read(chunks: Iterable[bytes]) -> list[dict[str, Any]]:
    with TemporaryDirectory() as folder:
        path, size = Path(folder) / "list", 0
        with path.open("wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > SMALL.file_bytes:
                    raise Refused("sheet_too_large", limit=SMALL.file_bytes // MB)
                file.write(chunk)
        with uploads.in_words(COLUMNS):
            return list(uploads.read(TARGET, path, limits=SMALL))


def planned(*, by: Actor, staff: StaffList) -> Plan:
    """What it would do now. Raises Refused "staff_gone" when it is done, dropped or too old."""
    if staff.finished is not None or staff.at < clock.now() - KEPT:
        raise Refused("staff_gone")
    return plan(map(line_of, json.loads(unseal(staff.sealed))), by=by, area=staff.area, whole=staff.whole)


def confirm(*, by: Actor, staff: StaffList, digest: str) -> list[tuple[User, str]]:
    """Does what was shown, or nothing: `digest` says what was. Returns new accounts with their one-time passwords."""
    if by.id != staff.by or not may_open_accounts(by, staff.area):
        raise Refused("not_allowed")
    locked = StaffList.objects.select_for_update().get(id=staff.id)
    todo = planned(by=by, staff=locked)
    if todo.digest != digest:
        raise Refused("stale")
    opened = _open(todo.new)
    _change(todo.changed)
    given, ended = _duties(todo, by)
    left = _close(todo.left, by)
    counts = {"new": len(todo.new), "changed": len(todo.changed), "left": len(left), "refused": len(todo.refused)}
    StaffList.objects.filter(id=staff.id).update(sealed=b"", finished=Now(), counts=counts)
    audit.write([
        *(Deed("user_created", user.id, user.home_lo) for user, _ in opened),
        *(Deed("user_changed", p.user.id, p.user.home_lo, {"what": p.changes}) for p in todo.changed
          if p.user is not None and p.changes),
        *(Deed("duty_given", d.id, d.lo, {"role": d.role, "user": d.user_id, "until": d.until}) for d in given),
        *(Deed("duty_ended", d.id, d.lo, {"role": d.role, "user": d.user_id}) for d in ended),
        *(Deed("user_deactivated", user.id, user.home_lo) for user in left),
        Deed("staff_list_done", staff.id, staff.grid, counts),
    ], by=by)
    return opened


def _open(people: list[Person]) -> list[tuple[User, str]]:
    until = clock.now() + timedelta(hours=settings.ONE_TIME_PASSWORD_HOURS)
    opened, hasher = [], PBKDF2PasswordHasher()
    for person in people:
        given = one_time_password()
        person.user = User(username=person.username, name=person.name, unit=person.unit, home_lo=person.home.lo,
                           home_hi=person.home.hi, phone_sealed=seal(person.phone), temporary_until=until,
                           password=hasher.encode(given, get_random_string(22), ROUNDS))
        opened.append((person.user, given))
    try:
        with transaction.atomic():
            User.objects.bulk_create([user for user, _ in opened])
    except IntegrityError as error:  # somebody else opened one of these names meanwhile
        raise Refused("stale") from error
    return opened


def _change(people: list[Person]) -> None:
    changed = []
    for person in people:
        if (user := person.user) is not None and person.changes:
            user.name, user.unit = person.name, person.unit or user.unit
            user.phone_sealed = seal(person.phone) if "phone" in person.changes else user.phone_sealed
            user.is_active = True
            changed.append(user)
    User.objects.bulk_update(changed, ["name", "unit", "phone_sealed", "is_active"], batch_size=500)


def _duties(todo: Plan, by: Actor) -> tuple[list[Duty], list[Duty]]:
    """Given and ended. Duties of those who left end too, so that the account can be opened again without them."""
    ended = [duty for person in todo.changed for duty in person.end]
    ended += Duty.objects.filter(user__in=todo.left, ended__isnull=True)
    Duty.objects.filter(id__in=[duty.id for duty in ended]).update(ended=Now())
    given = [Duty(user=person.user, role=g.role, lo=g.area.lo, hi=g.area.hi, since=g.since, until=g.until)
             for person in (*todo.new, *todo.changed) for g in person.give]
    Duty.objects.bulk_create(given)
    asked = {d.user for d in given if d.role in settings.SECOND_FACTOR_ROLES}
    end_all(*(user for user in asked if not has_second_factor(user)), by=by)  # sign in again, and are asked for it
    for end in with_duty:
        end(by, {duty.user_id for duty in ended})
    return given, ended


def _close(left: list[User], by: Actor) -> list[User]:
    User.objects.filter(id__in=[user.id for user in left]).update(is_active=False)
    end_all(*left, by=by)
    return left


def drop(*, by: Actor, staff: StaffList) -> None:
    if by.id != staff.by:
        raise Refused("not_allowed")
    StaffList.objects.filter(id=staff.id, finished__isnull=True).update(sealed=b"", finished=Now())
    audit.write_one("staff_list_dropped", staff.id, by=by, grid=staff.grid)


def forget_old(*, by: Actor) -> int:
    """Lists that nobody confirmed in time are emptied."""
    old = StaffList.objects.filter(finished__isnull=True, at__lt=clock.now() - KEPT)
    if count := old.update(sealed=b"", finished=Now()):
        audit.write_one("forget", "staff_list", by=by, count=count)
    return count
