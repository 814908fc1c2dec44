"""Webhooks are made and ended; what has moved becomes a message, and every attempt to deliver it is noted."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from fengchao.accounts.queries import actor_with_id
from fengchao.accounts.tokens import new_token
from fengchao.areas.overlays import overlays_in_force
from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.audit import write_one
from fengchao.base.crypto import seal
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.base.places import Area
from fengchao.base.scope import acting

from ..feeds import FEEDS, Feed
from ..hooks.sending import Attempt, check_url
from ..models import Delivery, Webhook
from ..reading import counted, span
from ..tokens import actor_within

# Minutes between two attempts: over in a minute, over by night, over the next day; then somebody must look.
WAITS = (1, 5, 30, 120, 360, 720)


def make_webhook(*, by: Actor, name: str, url: str, area: Area, feeds: Sequence[str],
                 overlay: UUID | None = None) -> tuple[Webhook, str]:
    """The webhook and the secret its messages are signed with. It is told of what comes after this moment."""
    by.require(P.GIVE_ACCESS, area)
    check_url(url)
    if not feeds or not name.strip():
        raise Refused("allows_nothing")
    for code in feeds:
        if code not in FEEDS or FEEDS[code].whole:
            raise Refused("no_such_feed", feed=code[:20])
    assert by.id is not None, "the platform itself tells nobody"
    secret = new_token()
    hook = Webhook(name=name.strip()[:60], url=url, secret_sealed=seal(secret), user=by.id, grid=area.lo, lo=area.lo,
                   hi=area.hi, overlay=overlay, feeds=sorted(set(feeds)))
    hook.reached = {code: _news(hook, FEEDS[code], by, "")[0] for code in hook.feeds}
    hook.save(force_insert=True)
    write_one("webhook_made", hook.id, by=by, grid=area.lo, feeds=hook.feeds)
    return hook, secret


def end_webhook(*, by: Actor, hook: Webhook) -> None:
    by.require(P.GIVE_ACCESS, hook.area)
    Webhook.objects.filter(id=hook.id, ended__isnull=True).update(ended=clock.now())
    write_one("webhook_ended", hook.id, by=by, grid=hook.grid)


def notice(*, by: Actor) -> list[Delivery]:
    """One message for each webhook whose feeds have moved since the last. Nothing moved, nothing is said.

    While a message waits to be heard there is no second one: what moves meanwhile is in the next.
    """
    made = []
    waiting = Delivery.objects.filter(webhook=OuterRef("pk"), state=Delivery.State.WAITING)
    for hook in Webhook.objects.filter(~Exists(waiting), ended__isnull=True):
        owner = actor_with_id(hook.user)
        moved, reached = [], dict(hook.reached)
        for code in hook.feeds:
            try:
                reached[code], news = _news(hook, FEEDS[code], owner, hook.reached.get(code, ""))
            except Refused:
                continue  # its owner may not see this any more, so nobody is told of it
            moved += [news] if news else []
        if moved:
            made.append(_message(hook, {"event": "feeds.changed", "feeds": moved}))
        if reached != hook.reached:
            Webhook.objects.filter(id=hook.id).update(reached=reached)
    if made:
        write_one("webhooks_told", "exchange", by=by, messages=len(made))
    return made


def _news(hook: Webhook, feed: Feed, owner: Actor, cursor: str) -> tuple[str, dict[str, Any]]:
    """Up to where the owner's reach of the feed has been looked at, and what has moved in it, if anything has."""
    if hook.overlay and not overlays_in_force([hook.overlay]):
        raise Refused("feed_not_yours", feed=feed.code)
    reader = actor_within(hook.user, owner.name, owner.grants, hook.area, feed.permissions, what=feed.code)
    with acting(reader):
        asked = span(feed, reader, cursor)
        changed, gone = counted(feed, asked.since) if asked.since else (0, 0)
    full = bool(cursor) and not asked.since
    moved = full or changed or gone
    return asked.cursor, {"feed": feed.code, "changed": changed, "gone": gone, "full": full} if moved else {}


def _message(hook: Webhook, said: dict[str, Any]) -> Delivery:
    from ..jobs import deliver

    message = Delivery.objects.create(webhook=hook, grid=hook.grid, payload=said)
    deliver.defer(delivery=str(message.id))
    return message


def try_webhook(*, by: Actor, hook: Webhook) -> Delivery:
    """A message that says nothing, to see whether it arrives."""
    by.require(P.GIVE_ACCESS, hook.area)
    if hook.ended:
        raise Refused("hook_ended")
    message = _message(hook, {"event": "ping", "feeds": []})
    write_one("webhook_tried", hook.id, by=by, grid=hook.grid)
    return message


def send_again(*, by: Actor, message: Delivery) -> None:
    """From the first attempt on, with the same id: a receiver who has it already knows it."""
    from ..jobs import deliver

    by.require(P.GIVE_ACCESS, message.webhook.area)
    if message.webhook.ended:
        raise Refused("hook_ended")
    changed = Delivery.objects.filter(id=message.id).exclude(state=Delivery.State.WAITING).update(
        state=Delivery.State.WAITING, attempts=0, status=None, problem="", next_try=None, delivered=None)
    if not changed:
        raise Refused("hook_waiting")
    deliver.defer(delivery=str(message.id))
    write_one("webhook_sent_again", message.id, by=by, grid=message.grid)


def note_attempt(*, by: Actor, message: UUID, attempt: Attempt) -> None:
    """Delivered, or when to try again, or given up. The log of deliveries is the record of it, not the trail."""
    from ..jobs import deliver

    row = Delivery.objects.select_for_update().get(id=message)
    if row.state != Delivery.State.WAITING:
        return
    tries, now = row.attempts + 1, clock.now()
    values: dict[str, Any] = {"attempts": tries, "status": attempt.status, "problem": attempt.problem, "next_try": None}
    if not attempt.problem:
        values |= {"state": Delivery.State.DELIVERED, "delivered": now}
    elif tries > len(WAITS):
        values |= {"state": Delivery.State.FAILED}
    else:
        wait = timedelta(minutes=WAITS[tries - 1])
        values |= {"next_try": now + wait}
        deliver.configure(schedule_at=now + wait).defer(delivery=str(message))
    Delivery.objects.filter(id=message).update(**values)


def forget_deliveries(*, by: Actor) -> int:
    """What was delivered or given up a month ago is nobody's question any more."""
    old = Delivery.objects.filter(made__lt=clock.now() - timedelta(days=30)).exclude(state=Delivery.State.WAITING)
    count, _ = old.delete()
    if count:
        write_one("deliveries_forgotten", "exchange", by=by, count=count)
    return count
