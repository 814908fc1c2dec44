from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "fengchao.sync"

    def ready(self) -> None:
        from . import errors  # noqa: F401  (registers its sentences)
