"""A refusal as a person meets it: a page, or a notice inside the page they are on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fengchao.base.errors import Refused


def refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    template = "web/refused_part.html" if getattr(request, "htmx", False) else "web/refused.html"
    return render(request, template, {"message": refused.message, "code": refused.code}, status=refused.status)
