"""Rows leave: that is a deed, and stands in the trail with who, what, where and how many."""

from django.db import connection

from fengchao.base.actor import Actor
from fengchao.base.audit import write_one
from fengchao.base.errors import Refused

from ..feeds import Feed
from ..reading import Reading, read, span

ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('fengchao.feed'), hashtext(%s))"


def read_feed(*, by: Actor, feed: Feed, cursor: str, neutral: bool = True) -> Reading:
    """One reading of a token at a time: a program that starts anew before it is answered must not pile up."""
    with connection.cursor() as lock:
        lock.execute(ALONE, [str(by.device_id)])
        if not lock.fetchone()[0]:
            raise Refused("one_reading")
    reading = read(feed, span(feed, by, cursor), neutral=neutral)
    write_one("read_feed", str(by.device_id), by=by, grid=by.scope[0].lo, feed=feed.code, rows=reading.rows,
              full=reading.full)
    return reading
