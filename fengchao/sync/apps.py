from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "fengchao.sync"

    def ready(self) -> None:
        from . import deeds, errors  # noqa: F401  (register their words)
