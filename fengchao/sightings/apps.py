from django.apps import AppConfig


class SightingsConfig(AppConfig):
    name = "fengchao.sightings"

    def ready(self) -> None:
        from fengchao.areas.moving import followers

        from . import deeds, errors, regrid, target  # noqa: F401  (register their words, and what is brought in)

        followers.append(regrid.FOLLOWER)
