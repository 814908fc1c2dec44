"""What phones call: pull, push, a photo. Here stand the shapes; the work is in pull.py, push.py and actions.py."""

import gzip
from typing import Any
from uuid import UUID

import orjson
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import TypeAdapter

from fengchao.accounts.bearer import BearerAuth
from fengchao.accounts.late import with_late
from fengchao.base import clock
from fengchao.base.errors import Refused
from fengchao.base.scope import acting

from .actions import attach
from .body import MOST_OPERATIONS, inflate, read
from .operations import AnyOp
from .pull import pull
from .push import push

router = Router(tags=["sync"], auth=BearerAuth())
WORTH_PACKING = 1000  # bytes: below, the header costs more than it saves


class Refusal(Schema):
    code: str
    message: str
    fields: list[str] | None = None


class Result(Schema):
    id: str
    status: str
    code: str | None = None
    message: str | None = None


class Pushed(Schema):
    server_time: str
    results: list[Result]


class Gone(Schema):
    kind: str
    id: str | int  # a grid is known by its number


class Pulled(Schema):
    """Rows of a kind are upserted; `gone` is applied before them; `full` means: forget everything else first."""

    cursor: str
    full: bool
    more: bool
    server_time: str
    expires_at: str
    me: dict[str, Any]
    tags: list[dict[str, str]]
    grids: list[dict[str, Any]]
    buildings: list[dict[str, Any]]
    dwellings: list[dict[str, Any]]
    premises: list[dict[str, Any]]
    people: list[dict[str, Any]]
    campaigns: list[dict[str, Any]]
    forms: list[dict[str, Any]]
    tasks: list[dict[str, Any]]
    gone: list[Gone]


REFUSALS = dict.fromkeys((400, 401, 403, 409, 413, 415, 503, 507), Refusal)
MESSAGE = {"requestBody": {"required": True, "content": {"application/json": {"schema": {
    "type": "object", "required": ["ops"], "properties": {
        "device_time": {"type": "string", "format": "date-time"},
        "ops": {"type": "array", "maxItems": MOST_OPERATIONS,
                "items": TypeAdapter(AnyOp).json_schema(ref_template="#/components/schemas/{model}")},
    },
}}}}}
PHOTO = {"requestBody": {"required": True, "content": {"image/jpeg": {"schema": {"type": "string",
                                                                              "format": "binary"}}}}}


@router.get("/sync/pull", response={200: Pulled, **REFUSALS}, summary="What this phone may hold, or what of it changed")
def pull_(request: HttpRequest, cursor: str = "") -> HttpResponse:
    with acting(request.auth) as actor:
        answer = pull(actor, cursor)
    return _json(request, answer)


@router.post("/sync/push", response={200: Pushed, **REFUSALS}, openapi_extra=MESSAGE,
             summary="Operations done on this phone, safe to send again")
def push_(request: HttpRequest) -> HttpResponse:
    raws, device_time = read(inflate(_body(request), request.headers.get("Content-Encoding", "").strip().lower()))
    answers = push(raws, by=request.auth, device_time=device_time)
    return _json(request, orjson.dumps({"server_time": clock.now(), "results": [a.as_sent() for a in answers]},
                                       option=orjson.OPT_UTC_Z))


@router.put("/attachments/{record_id}", response={204: None, **REFUSALS, 404: Refusal}, openapi_extra=PHOTO,
            summary="A photo of a record, never required")
def attach_(request: HttpRequest, record_id: UUID) -> HttpResponse:
    image = _body(request)
    try:
        with acting(request.auth) as actor:
            attach(by=actor, record=record_id, image=image)
    except Refused as refused:
        if refused.code != "not_found":
            raise
        with acting(with_late(request.auth)) as actor:  # the record's place may have been given to others meanwhile
            attach(by=actor, record=record_id, image=image)
    return HttpResponse(status=204)


def _body(request: HttpRequest) -> bytes:
    try:
        return request.body
    except RequestDataTooBig as error:
        raise Refused("too_large") from error


def _json(request: HttpRequest, content: bytes) -> HttpResponse:
    """Packed here: no answer holds a secret that a sender of chosen text could guess at by its length."""
    headers = {"Cache-Control": "no-store"}
    if len(content) > WORTH_PACKING and "gzip" in request.headers.get("Accept-Encoding", ""):
        content = gzip.compress(content, compresslevel=5)
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    headers["Content-Length"] = str(len(content))
    return HttpResponse(content, content_type="application/json", headers=headers)
