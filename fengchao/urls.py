"""Every page and every endpoint. The permission table (tests/laws) has one line for each."""

from importlib.util import find_spec

from django.urls import include, path

from .api import api
from .health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("api/v1/", api.urls),
    *(path("", include(f"fengchao.{app}.urls"))
      for app in ("web", "areas", "accounts", "people", "work", "work.forms", "reports", "privacy", "sync")
      if find_spec(f"fengchao.{app}") and find_spec(f"fengchao.{app}.urls")),
]
