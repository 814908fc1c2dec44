"""What somebody sees who has guessed too often: the same refusal on a page and on a phone."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from fengchao.base.errors import Refused
from fengchao.web.errors import refusal

API = "/api/"


def locked_out(request: HttpRequest, response: HttpResponse | None = None,
               credentials: dict[str, str] | None = None) -> HttpResponse:
    refused = Refused("locked_out", minutes=15)
    if request.path.startswith(API):
        return JsonResponse({"code": refused.code, "message": refused.message}, status=refused.status)
    return refusal(request, refused)
