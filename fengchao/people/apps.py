from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "fengchao.people"

    def ready(self) -> None:
        from fengchao.accounts import buildings
        from fengchao.areas.actions import in_use
        from fengchao.areas.moving import followers

        from . import deeds, errors, regrid  # noqa: F401  (deeds and errors register their words)
        from .asked import buildings_of_grid, grid_has_buildings
        from .importing import register, wording  # noqa: F401

        buildings.ask = buildings_of_grid
        in_use.append(grid_has_buildings)
        followers.append(regrid.FOLLOWER)
