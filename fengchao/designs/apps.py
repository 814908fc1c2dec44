from django.apps import AppConfig


class DesignsConfig(AppConfig):
    name = "fengchao.designs"

    def ready(self) -> None:
        from . import errors  # noqa: F401  (registers its sentences)
