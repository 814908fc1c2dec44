"""Saved filters: kept and dropped from the list they belong to."""

from urllib.parse import urlsplit
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from . import actions
from .pages import Request, back


@login_required
@require_POST
def save(request: Request) -> HttpResponse:
    address = urlsplit(back(request, "/"))
    actions.save_filter(by=request.actor, page=address.path, name=request.POST.get("name", ""), query=address.query)
    return redirect(back(request, "/"))


@login_required
@require_POST
def drop(request: Request, saved: UUID) -> HttpResponse:
    actions.drop_filter(by=request.actor, saved=saved)
    return redirect(back(request, "/"))
