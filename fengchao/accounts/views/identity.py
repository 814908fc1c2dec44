"""To the unit's provider and back, as allauth does it; that the provider does not answer is said in words."""

import logging
from collections.abc import Callable
from functools import wraps

from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponse
from requests import RequestException

from fengchao.base.errors import Refused
from fengchao.web.errors import refusal

log = logging.getLogger(__name__)
View = Callable[[HttpRequest, str], HttpResponse]


def _in_words(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return view(request, provider_id)
        except (RequestException, KeyError) as problem:  # no answer, or one in which something is missing
            log.warning("the OpenID provider failed: %s", type(problem).__name__)
            return refusal(request, Refused("identity_failed"))

    return guarded


login = _in_words(views.login)
callback = _in_words(views.callback)
