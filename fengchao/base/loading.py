"""Loading the application: what every process of ours begins with."""

import gc
import os


def load_django() -> None:
    """Django with all apps. What is loaded stays to the end, so the collector is kept away from it, while it comes in
    and afterwards: it would walk through all of it again and again, a fifth of the time that loading takes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengchao.settings")
    import django

    gc.disable()
    try:
        django.setup()
    finally:
        gc.freeze()
        gc.enable()
