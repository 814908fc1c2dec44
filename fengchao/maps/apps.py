from django.apps import AppConfig


class MapsConfig(AppConfig):
    name = "fengchao.maps"

    def ready(self) -> None:
        from fengchao.areas.moving import followers

        from . import deeds, errors, regrid, tiles  # noqa: F401  (deeds and errors register their words)

        followers.append(regrid.FOLLOWER)
        tiles.configured()  # a wrong setting stops the start, not the first page
