from django.apps import AppConfig


class SightingsConfig(AppConfig):
    name = "fengchao.sightings"

    def ready(self) -> None:
        from . import errors  # noqa: F401  (registers its sentences)
