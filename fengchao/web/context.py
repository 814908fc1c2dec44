"""What every page knows: who acts, where they are looking, what they may open."""

from importlib.metadata import PackageNotFoundError, version

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from fengchao.accounts.emergency.models import EmergencyAccess
from fengchao.accounts.emergency.queries import waiting
from fengchao.base.actor import Actor
from fengchao.base.scope import everywhere

from .nav import drawn_for
from .place import Place, remembered

try:
    VERSION = version("fengchao")
except PackageNotFoundError:  # run from the source tree
    VERSION = ""


def page(request: HttpRequest) -> dict[str, object]:
    actor: Actor | None = getattr(request, "actor", None)
    return {
        "actor": actor,
        "navigation": drawn_for(actor, request.path) if actor else "",
        "here": getattr(request, "place", None) or SimpleLazyObject(lambda: _usual_place(request, actor)),
        "emergency": getattr(request, "emergency", None),
        "told": _told(request),
        "emergencies": SimpleLazyObject(lambda: _emergencies(actor)) if actor else None,  # asked by whole pages only
        "languages": settings.LANGUAGES,
        "language": get_language(),
        "version": VERSION,
    }


def _told(request: HttpRequest) -> list[str]:
    """Which emergency accesses an open page tells of already, when it asks for a part of itself."""
    return request.GET.getlist("told") if getattr(request, "htmx", False) else []


def _emergencies(actor: Actor) -> list[EmergencyAccess]:
    """Wherever they are: also beside the place the page looks at."""
    with everywhere():
        return waiting(actor)


def _usual_place(request: HttpRequest, actor: Actor | None) -> Place | None:
    """On pages about one thing: where the person was looking before."""
    return remembered(request, actor) if actor and actor.scope else None
