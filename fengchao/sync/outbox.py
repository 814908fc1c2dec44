"""The outbox of a phone that found no network, carried to the office as a file.

What it holds was seen by the worker, so the records are the worker's; the uploader lends the reach of their own duties
and stands in the purpose of every line of the audit trail. So the same operations, sent later by the phone after all,
are known already, and the other way round.
"""

from base64 import b64decode, b64encode
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zlib import compress, decompress

import orjson
from cryptography.exceptions import InvalidTag
from django.db import transaction

from fengchao.accounts.models import Device, Duty, User
from fengchao.base.actor import Actor
from fengchao.base.crypto import seal, unseal
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission

from .body import MOST_OPERATIONS
from .me import RECORDERS
from .push import Answer, push

FORMATS = ("fengchao-outbox/1", "fengchao")
LARGEST_FILE = 4 * 1024 * 1024
MOST = 5000  # operations: a worker's fortnight


@dataclass(frozen=True, slots=True)
class Outbox:
    worker: UUID
    name: str
    ops: list[Any]
    device_time: datetime | None = None

    def packed(self) -> str:
        """Carried through the preview by the browser, which can neither read nor change it."""
        text = orjson.dumps({"format": FORMATS[0], "user": str(self.worker), "ops": self.ops})
        return b64encode(seal(b64encode(compress(text)).decode())).decode()


def unpack(packed: str, *, by: Actor) -> Outbox:
    try:
        return parse(decompress(b64decode(unseal(b64decode(packed)))), by=by)
    except (InvalidTag, ValueError) as error:
        raise Refused("not_an_outbox") from error


def parse(data: bytes, *, by: Actor) -> Outbox:
    """Raises Refused "not_an_outbox", or "not_their_worker" for somebody the uploader has no say over."""
    if len(data) > LARGEST_FILE:
        raise Refused("too_large")
    try:
        message = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Refused("not_an_outbox") from error
    if not isinstance(message, dict) or (message.get("format") or message.get("app")) not in FORMATS:
        raise Refused("not_an_outbox")
    ops = message.get("ops")
    if not isinstance(ops, list):
        raise Refused("not_an_outbox")
    if len(ops) > MOST:
        raise Refused("too_many_operations", limit=MOST)
    worker = _worker(message, by)
    return Outbox(worker.id, worker.name, ops)


def _worker(message: dict[str, Any], by: Actor) -> User:
    try:
        if message.get("user"):
            user = User.objects.filter(id=UUID(message["user"])).first()
        else:
            device = Device.objects.filter(id=UUID(message["device"])).select_related("user").first()
            user = device.user if device else None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refused("not_an_outbox") from error
    if user is None or not _over(by, user):
        raise Refused("not_their_worker")
    return user


def _over(by: Actor, user: User) -> bool:
    """Duties of the past count too: the last records of somebody who has left are often in such a file."""
    duties = Duty.objects.filter(user=user, role__in=RECORDERS)
    return any(area.covers(duty.area) for duty in duties for area in by.areas(Permission.ASSIGN))


def on_behalf(by: Actor, worker: User) -> Actor:
    """The worker's name with the uploader's reach."""
    return Actor(id=worker.id, name=worker.name, grants=by.grants, address=by.address)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many of each status, and the refused ones with their reason."""

    counts: Counter[str]
    refused: list[Answer]


def preview(outbox: Outbox, *, by: Actor) -> Outcome:
    """What `take` would do: done, counted and undone."""
    with transaction.atomic():
        outcome = take(outbox, by=by)
        transaction.set_rollback(True)
    return outcome


def take(outbox: Outbox, *, by: Actor) -> Outcome:
    worker = on_behalf(by, User.objects.get(id=outbox.worker))
    purpose = f"outbox file, uploaded by {by.id}"
    answers: list[Answer] = []
    for at in range(0, len(outbox.ops), MOST_OPERATIONS):
        answers += push(outbox.ops[at : at + MOST_OPERATIONS], by=worker, purpose=purpose)
    return Outcome(Counter(a.status for a in answers), [a for a in answers if a.refused])
