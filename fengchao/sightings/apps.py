from django.apps import AppConfig


class SightingsConfig(AppConfig):
    name = "fengchao.sightings"

    def ready(self) -> None:
        from . import errors, wording  # noqa: F401  (register their sentences)
