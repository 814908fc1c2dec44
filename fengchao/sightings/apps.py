from django.apps import AppConfig


class SightingsConfig(AppConfig):
    name = "fengchao.sightings"

    def ready(self) -> None:
        from fengchao.areas.moving import followers

        from . import errors, regrid  # noqa: F401  (errors registers its sentences)

        followers.append(regrid.FOLLOWER)
