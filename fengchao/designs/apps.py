from django.apps import AppConfig


class DesignsConfig(AppConfig):
    name = "fengchao.designs"

    def ready(self) -> None:
        from . import deeds, errors  # noqa: F401  (register their words)
