from django.apps import AppConfig


class MapsConfig(AppConfig):
    name = "fengchao.maps"

    def ready(self) -> None:
        from . import errors, tiles  # noqa: F401  (errors registers its sentences)

        tiles.configured()  # a wrong setting stops the start, not the first page
