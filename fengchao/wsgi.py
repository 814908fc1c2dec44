"""Every page and endpoint as one WSGI application: what a web process of `fengchao serve` runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from .uploads import UploadsBehind

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengchao.settings")

application = UploadsBehind(get_wsgi_application())

# What a process begins with, it keeps. Without this the collector walks through all of it again and again, two tenths
# of a second each time, in which nothing is answered.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
