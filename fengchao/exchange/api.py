"""What a district's own analysts call: which tables there are, and one of them as CSV or Parquet."""

from typing import Any, Literal

from django.http import FileResponse, HttpRequest
from ninja import Router, Schema
from ninja.security import HttpBearer

from fengchao.base.errors import Refused
from fengchao.base.scope import acting

from .actions import read_feed
from .feeds import FEEDS, SCHEMA, columns
from .reading import parquet
from .tokens import Holder, holder_of


class TokenAuth(HttpBearer):
    """`auth=TokenAuth()` on an operation: request.auth is then a Holder."""

    def authenticate(self, request: HttpRequest, token: str) -> Holder:
        return holder_of(token, address=request.META.get("REMOTE_ADDR", ""))

    def __call__(self, request: HttpRequest) -> Holder:
        holder = super().__call__(request)
        if holder is None:
            raise Refused("token_ended")
        return holder


router = Router(tags=["feeds"], auth=TokenAuth())
TYPES = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}


class Download(FileResponse):
    block_size = 256 * 1024


class Refusal(Schema):
    code: str
    message: str
    fields: list[str] | None = None


class ColumnOut(Schema):
    name: str
    type: str
    words: str
    since: int


class FeedOut(Schema):
    feed: str
    words: str
    key: str
    whole: bool
    columns: list[ColumnOut]


class FeedsOut(Schema):
    """`since` is the schema version from which on a column is there; `key` the columns by which rows are replaced."""

    schema_version: int
    feeds: list[FeedOut]


REFUSALS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 429, 503, 507), Refusal)
BINARY = {"responses": {200: {"content": {kind.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}}
                                          for kind in TYPES.values()}}}}


@router.get("/feeds", response={200: FeedsOut, **REFUSALS}, summary="The tables this token may read, and their columns")
def feeds(request: HttpRequest) -> dict[str, object]:
    holder = request.auth  # type: ignore[attr-defined]  # a Holder, by TokenAuth
    return {"schema_version": SCHEMA, "feeds": [
        {"feed": feed.code, "words": str(feed.words), "key": feed.key, "whole": feed.whole, "columns": [
            {"name": c.name, "type": c.type, "words": str(c.words), "since": max(c.since, feed.since)}
            for c in columns(feed)]}
        for feed in FEEDS.values() if feed.code in holder.allows]}


@router.get("/feeds/{feed}.{form}", response={200: None, **REFUSALS}, openapi_extra=BINARY,
            summary="The rows of a table: all of them, or what has changed since a cursor")
def feed(request: HttpRequest, feed: str, form: Literal["csv", "parquet"], cursor: str = "") -> Download:
    """X-Fengchao-Cursor is where to go on from next time; with X-Fengchao-Full: true forget what you hold first."""
    table = FEEDS.get(feed)
    if table is None:
        raise Refused("no_such_feed", feed=feed[:20])
    reader = request.auth.acting_for(feed, table.permissions)  # type: ignore[attr-defined]
    with acting(reader):
        reading = read_feed(by=reader, feed=table, cursor=cursor, neutral=form == "csv")
    file = parquet(table, reading.file) if form == "parquet" else reading.file
    name = f"{table.code}.{form}"
    return Download(file, as_attachment=True, filename=name, content_type=TYPES[form], headers={
        "Cache-Control": "no-store", "X-Fengchao-Schema": str(SCHEMA), "X-Fengchao-Cursor": reading.cursor,
        "X-Fengchao-Full": "true" if reading.full else "false", "X-Fengchao-Rows": str(reading.rows)})
