"""What rings at other systems: every minute it is asked whether anything has moved, and each message is sent apart."""

import time
from uuid import UUID

import orjson
from procrastinate.contrib.django import app

from fengchao.base.actor import system_actor
from fengchao.base.crypto import unseal
from fengchao.base.jobs import periodic
from fengchao.base.scope import acting

from . import actions
from .hooks.sending import send
from .hooks.signing import sign
from .models import Delivery


@periodic("exchange.notice", "* * * * *")
def notice() -> None:
    actions.notice(by=system_actor())


@periodic("exchange.forget", "40 3 * * *")
def forget() -> None:
    actions.forget_deliveries(by=system_actor())


@app.task(name="exchange.deliver")
def deliver(delivery: str) -> None:
    """Outside of any transaction: a receiver who takes his time must not hold up pulls and seals."""
    id = UUID(delivery)
    with acting(system_actor()):
        row = Delivery.objects.select_related("webhook").filter(id=id, state=Delivery.State.WAITING,
                                                                webhook__ended__isnull=True).first()
    if row is None:
        return
    hook, at = row.webhook, int(time.time())
    body = orjson.dumps({"id": str(row.id), "webhook": str(hook.id), "at": row.made, **row.payload})
    attempt = send(hook.url, body, {
        "Content-Type": "application/json", "User-Agent": "Fengchao", "X-Fengchao-Delivery": str(row.id),
        "X-Fengchao-Signature": sign(unseal(hook.secret_sealed), body, at)})
    with acting(system_actor()) as system:
        actions.note_attempt(by=system, message=id, attempt=attempt)
