from django.apps import AppConfig


class MapsConfig(AppConfig):
    name = "fengchao.maps"

    def ready(self) -> None:
        from fengchao.areas.moving import followers

        from . import errors, regrid, tiles  # noqa: F401  (errors registers its sentences)

        followers.append(regrid.FOLLOWER)
        tiles.configured()  # a wrong setting stops the start, not the first page
