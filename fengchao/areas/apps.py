from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "fengchao.areas"

    def ready(self) -> None:
        from . import errors  # noqa: F401  (registers its sentences)
