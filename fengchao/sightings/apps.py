from django.apps import AppConfig


class SightingsConfig(AppConfig):
    name = "fengchao.sightings"

    def ready(self) -> None:
        from fengchao.areas.moving import followers

        from . import errors, regrid, target  # noqa: F401  (errors and target register themselves)

        followers.append(regrid.FOLLOWER)
