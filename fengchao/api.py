"""The JSON interface, described by OpenAPI at /api/v1/openapi.json. Each app brings a router in its `api.py`."""

import logging
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import orjson
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

from fengchao.base.errors import Refused
from fengchao.base.nul import of_json

log = logging.getLogger(__name__)
ROUTERS = ("accounts", "sync", "exchange")


class Reader(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        return orjson.loads(of_json(request.body))


class Writer(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data, option=orjson.OPT_UTC_Z)


api = NinjaAPI(title="Fengchao", version="1", urls_namespace="api", docs_url=None, parser=Reader(), renderer=Writer(),
               description="What the phone speaks. Every refusal is {code, message, fields?}; the message is in the "
                           "language of Accept-Language and says what to do.")


def answer(request: HttpRequest, refused: Refused, **more: Any) -> HttpResponse:
    body = {"code": refused.code, "message": refused.message, **more}
    return api.create_response(request, body, status=refused.status)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    return answer(request, refused)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    """Names the fields, never their content: it may be somebody's."""
    fields = sorted({".".join(str(part) for part in error["loc"][1:] if part != "payload") for error in problem.errors})
    return answer(request, Refused("bad_request"), fields=fields)


@api.exception_handler(HttpError)
def _http(request: HttpRequest, problem: HttpError) -> HttpResponse:
    return answer(request, Refused("bad_request" if problem.status_code < 500 else "busy"))


@api.exception_handler(OperationalError)
def _no_database(request: HttpRequest, problem: OperationalError) -> HttpResponse:
    full = getattr(problem.__cause__, "sqlstate", None) == "53100"
    return answer(request, Refused("disk_full" if full else "busy"))


@api.exception_handler(Exception)
def _fault(request: HttpRequest, problem: Exception) -> HttpResponse:
    """Our mistake: the trace goes to the log without the request's content, the phone keeps what it has."""
    log.error("fault in %s", request.path, exc_info=problem)
    return answer(request, Refused("fault"))


for app in ROUTERS:
    if find_spec(f"fengchao.{app}") and find_spec(f"fengchao.{app}.api"):
        api.add_router("", import_module(f"fengchao.{app}.api").router)
