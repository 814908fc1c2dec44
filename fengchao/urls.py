"""Every page and every endpoint. The permission table (tests/laws) has one line for each."""

from django.urls import include, path

from .api import api
from .health import healthz

NOUNS = ("web", "areas", "accounts", "accounts.emergency", "accounts.staff", "people", "sightings", "work",
         "work.forms", "maps", "reports", "privacy", "designs", "sync", "exchange")

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("api/v1/", api.urls),
    *(path("", include(f"fengchao.{noun}.urls")) for noun in NOUNS),
]
