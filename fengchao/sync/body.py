"""The body of an upload: inflated under a limit, parsed, and never trusted."""

import zlib
from datetime import datetime
from typing import Any

import orjson

from fengchao.base.errors import Refused
from fengchao.base.nul import of_json

MOST_BYTES = 2 * 1024 * 1024  # inflated
MOST_OPERATIONS = 500


def inflate(data: bytes, encoding: str) -> bytes:
    """Raises Refused "too_large" as soon as the limit is passed: what would come after is never made."""
    if encoding in ("", "identity"):
        inflated = data
    elif encoding == "gzip":
        inflated = _gunzip(data)
    else:
        raise Refused("bad_request")
    if len(inflated) > MOST_BYTES:
        raise Refused("too_large")
    return inflated


def _gunzip(data: bytes) -> bytes:
    inflater = zlib.decompressobj(wbits=31)
    try:
        inflated = inflater.decompress(data, MOST_BYTES + 1)
    except zlib.error as error:
        raise Refused("bad_request") from error
    if len(inflated) <= MOST_BYTES and not inflater.eof:
        raise Refused("bad_request")
    return inflated


def read(data: bytes) -> tuple[list[Any], datetime | None]:
    """The operations as they came, and what the device thinks the time is."""
    try:
        message = orjson.loads(of_json(data))
    except orjson.JSONDecodeError as error:
        raise Refused("bad_request") from error
    operations = message.get("ops") if isinstance(message, dict) else None
    if not isinstance(operations, list):
        raise Refused("bad_request")
    if len(operations) > MOST_OPERATIONS:
        raise Refused("too_many_operations", limit=MOST_OPERATIONS)
    return operations, _time(message.get("device_time"))


def _time(text: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return at if at.tzinfo else None
