"""A refusal as a person meets it: a page, or a notice inside the page they are on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fengchao.base.errors import Refused


def refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    # No place is asked for: the transaction is being undone and may not be asked anything more.
    words = {"message": refused.message, "code": refused.code, "here": None,
             "emergencies": None}
    if not getattr(request, "htmx", False):
        return render(request, "web/refused.html", words, status=refused.status)
    response = render(request, "web/refused_part.html", words, status=refused.status)
    response["HX-Retarget"] = "#notices"
    response["HX-Reswap"] = "innerHTML"
    return response
