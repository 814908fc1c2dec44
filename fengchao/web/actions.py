"""Writes of the console itself: one's own saved filters."""

from uuid import UUID

from django.http import QueryDict

from fengchao.base.actor import Actor
from fengchao.base.audit import write_one
from fengchao.base.errors import Refused

from .models import SavedFilter

FLEETING = ("area", "after", "campaign")  # where one looks changes; what one looks for is what is kept
MOST = 30


def save_filter(*, by: Actor, page: str, name: str, query: str) -> SavedFilter:
    """Under a name that exists already it takes its place."""
    kept = QueryDict(query, mutable=True)
    for key in FLEETING:
        kept.pop(key, None)
    text = kept.urlencode()
    if not name.strip() or len(text) > 500:
        raise Refused("bad_request")
    assert by.id is not None, "the platform itself keeps no filter"
    mine = SavedFilter.objects.filter(user=by.id)
    if mine.count() >= MOST and not mine.filter(page=page, name=name.strip()).exists():
        raise Refused("too_many_filters", limit=MOST)
    row, _ = SavedFilter.objects.update_or_create(
        user_id=by.id, page=page[:60], name=name.strip()[:30], defaults={"query": text}
    )
    write_one("filter_saved", row.id, by=by)
    return row


def drop_filter(*, by: Actor, saved: UUID) -> None:
    if not SavedFilter.objects.filter(id=saved, user=by.id).delete()[0]:
        raise Refused("not_found")
    write_one("filter_dropped", saved, by=by)
