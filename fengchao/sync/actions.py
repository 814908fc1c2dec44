"""Every write of sync that is no record: operations carried out, refused ones held, photos, complaints answered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

import orjson
from django.db import connection

from fengchao.accounts.late import LATE
from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.audit import Deed, write, write_one
from fengchao.base.crypto import seal
from fengchao.base.errors import Refused
from fengchao.base.ids import uuid7
from fengchao.base.permissions import Permission
from fengchao.base.places import COUNTRY
from fengchao.people.actions import add_person, mark_left
from fengchao.people.models import Dwelling
from fengchao.work.actions import accept, claim, release
from fengchao.work.models import Record
from fengchao.work.observation import Observation

from .models import Attachment, Complaint, HeldOperation, Operation
from .operations import ClaimOp, ComplaintOp, Op, PersonAddOp, PersonLeftOp, ReleaseOp
from .queries import hard_conflicts, standing_records

HELD_DAYS = 30  # long enough for a holiday, short enough for what nobody asks for any more
REMEMBERED_DAYS = 90  # no phone holds an outbox longer: its data expire and its duty is renewed before
PHOTO_BYTES = 1024 * 1024
JPEG = b"\xff\xd8\xff"

REMEMBER = """INSERT INTO sync_operation (id, grid, type, by, device, device_at, digest)
VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO NOTHING"""

HOLD = """INSERT INTO sync_heldoperation (id, grid, by, device, expires, resolution, key, type, code, params,
 payload_sealed)
SELECT fc_uuid7(), %s, %s, %s, %s, '', h.*
FROM unnest(%s::text[], %s::text[], %s::text[], %s::jsonb[], %s::bytea[]) AS h ON CONFLICT (by, key) DO NOTHING"""


def home(actor: Actor) -> int:
    """Where something stands that an actor sends and that has no place of its own: the first grid they work in."""
    own = replace(actor, grants=tuple(g for g in actor.grants if g.role != LATE))
    areas = own.areas(Permission.RECORD) or actor.areas(Permission.RECORD) or actor.scope
    if not areas:
        raise Refused("not_allowed")
    return areas[0].lo


def carry_out(*, by: Actor, op: Op) -> str:
    """"accepted", or "repeated" when it was done before. Of identical ones at the same moment, the first insert makes
    the others wait until it is committed or undone."""
    values = [op.id, home(by), op.type, by.id, by.device_id, op.at, op.digest]
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER, values)
        fresh = cursor.rowcount == 1
    if not fresh:
        return _repeated(op, by)
    DEEDS[type(op)](op, by)
    return "accepted"


def _repeated(op: Op, by: Actor) -> str:
    known = Operation.objects.filter(id=op.id, by=by.id).first()
    if known is None or bytes(known.digest) != op.digest:
        raise Refused("id_taken")
    return "repeated"


def _claim(op: ClaimOp, by: Actor) -> None:
    claim(by=by, task=op.task)


def _release(op: ReleaseOp, by: Actor) -> None:
    release(by=by, task=op.task)


def _add_person(op: PersonAddOp, by: Actor) -> None:
    dwelling = Dwelling.objects.filter(id=op.dwelling).first()
    if dwelling is None:
        raise Refused("not_found")
    add_person(by=by, id=op.id, dwelling=dwelling, source="phone", **op.columns)


def _person_left(op: PersonLeftOp, by: Actor) -> None:
    mark_left(by=by, person=op.person)


def _complain(op: ComplaintOp, by: Actor) -> None:
    complaint = Complaint.objects.create(id=op.id, grid=home(by), text=op.text, by=by.id, device=by.device_id)
    write_one("complain", complaint.id, by=by, grid=complaint.grid)


DEEDS = {ClaimOp: _claim, ReleaseOp: _release, PersonAddOp: _add_person, PersonLeftOp: _person_left,
         ComplaintOp: _complain}


@dataclass(frozen=True, slots=True)
class Refusal:
    """An operation as it came, and why it was refused."""

    key: str
    type: str
    raw: object
    why: Refused


def hold(*, by: Actor, refusals: Sequence[Refusal]) -> None:
    """Keeps them for the secretary. Sent again, the first stays; nobody is shown the same twice."""
    if not by.may_anywhere(Permission.RECORD):
        return  # somebody without a door to record at has lost nothing
    rows = [_held_row(refusal) for refusal in refusals]
    grid, expires = home(by), clock.now() + timedelta(days=HELD_DAYS)
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [grid, by.id, by.device_id, expires, *(list(c) for c in zip(*rows, strict=True))])
        if cursor.rowcount:
            write([Deed("hold", by.id, grid, {"code": r.why.code, "type": r.type}) for r in refusals], by=by)


def _held_row(refusal: Refusal) -> tuple[object, ...]:
    try:
        payload = orjson.dumps(refusal.raw)
    except orjson.JSONEncodeError:  # nested deeper than anything a form makes
        payload = b"{}"
    key = refusal.key or sha256(payload).hexdigest()
    params = orjson.dumps(refusal.why.params, default=str).decode()
    return key, refusal.type, refusal.why.code, params, seal(payload.decode())


def resolve_held(*, by: Actor, held: UUID, resolution: str) -> HeldOperation:
    """The secretary has dealt with it: accepted meanwhile, entered by hand, or not needed."""
    row = HeldOperation.objects.select_for_update().filter(id=held).first()
    if row is None:
        raise Refused("not_found")
    by.require(Permission.ASSIGN, row.grid)
    if row.resolved:
        raise Refused("not_open")
    HeldOperation.objects.filter(id=held).update(resolved=clock.now(), resolved_by=by.id, resolution=resolution[:200])
    write_one("resolve_held", held, by=by, grid=row.grid, code=row.code)
    return row


def decide_conflict(*, by: Actor, record: UUID, adopt: bool) -> None:
    """Somebody who answers for the place says which of two contradicting records is true. Both stay; a third one of
    theirs supersedes the one that came second, and says the same as the true one."""
    other = hard_conflicts(COUNTRY).filter(id=record).first()
    if other is None:
        raise Refused("not_found")
    by.require(Permission.ASSIGN, other.grid)
    true = other if adopt else standing_records([other.task])[other.task_id]
    decision = Observation(uuid7(), other.task_id, true.outcome, other.task.version, true.answers,
                           device_at=clock.now(), supersedes=other.id)
    result = accept([decision], by=by)[0]
    if result.refused:
        raise result.refused
    write_one("decide_conflict", other.task_id, by=by, grid=other.grid, adopt=adopt, record=other.id)


def answer_complaint(*, by: Actor, complaint: UUID, answer: str) -> None:
    row = Complaint.objects.select_for_update().filter(id=complaint).first()
    if row is None:
        raise Refused("not_found")
    by.require(Permission.ASSIGN, row.grid)
    if not answer.strip():
        raise Refused("required", field="处理情况")
    Complaint.objects.filter(id=complaint).update(
        answer=answer.strip()[:500], answered=clock.now(), answered_by=by.id)
    write_one("answer_complaint", complaint, by=by, grid=row.grid)


def attach(*, by: Actor, record: UUID, image: bytes) -> str:
    """"accepted", or "repeated" for the same photo. Only to a record of one's own."""
    row = Record.objects.filter(id=record, by=by.id).first()
    if row is None:
        raise Refused("not_found")
    by.require(Permission.RECORD, row.grid)
    if len(image) > PHOTO_BYTES:
        raise Refused("too_large")
    if not image.startswith(JPEG):
        raise Refused("not_jpeg")
    digest = sha256(image).digest()
    photo = Attachment(record=record, grid=row.grid, building=row.building_id, image=image, size=len(image),
                       digest=digest, by=by.id, device=by.device_id)
    Attachment.objects.bulk_create([photo], ignore_conflicts=True)
    stored = Attachment.objects.filter(record=record).values_list("id", "digest").get()
    if bytes(stored[1]) != digest:
        raise Refused("photo_taken")
    if stored[0] != photo.id:
        return "repeated"
    write_one("attach", record, by=by, grid=row.grid, size=len(image))
    return "accepted"


def forget(*, by: Actor) -> int:
    """Deletes what was held or remembered long enough. Returns how many rows went."""
    old = clock.now() - timedelta(days=REMEMBERED_DAYS)
    held, _ = HeldOperation.objects.filter(expires__lt=clock.now()).delete()
    remembered, _ = Operation.objects.filter(at__lt=old).delete()
    if held or remembered:
        write_one("forget", "sync", by=by, held=held, remembered=remembered)
    return held + remembered
