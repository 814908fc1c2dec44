"""Every page and endpoint as one WSGI application: what a web process of `fengchao serve` runs."""

import gc

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from .base.loading import load_django
from .uploads import UploadsBehind

load_django()
application = UploadsBehind(get_wsgi_application())

# Addresses and what they bring in are loaded, too, before the first request. And the collector, which would answer
# nothing for two tenths of a second each time it walks through all of it, comes by seldom.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
