from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "fengchao.people"

    def ready(self) -> None:
        from fengchao.accounts import buildings
        from fengchao.areas.actions import in_use
        from fengchao.areas.moving import followers
        from fengchao.areas.national.standing import Standing, inside, standings

        from . import deeds, errors, regrid  # noqa: F401  (deeds and errors register their words)
        from .asked import buildings_of_grid, grid_has_buildings
        from .importing import register, wording  # noqa: F401

        buildings.ask = buildings_of_grid
        in_use.append(grid_has_buildings)
        followers.append(regrid.FOLLOWER)
        standings["buildings"] = Standing(_("楼栋"), inside("people_building"), moves=True)
        standings["people"] = Standing(_("人"), inside("people_person", "t.merged_into_id IS NULL"), moves=True)
