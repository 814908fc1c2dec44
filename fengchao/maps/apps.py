from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MapsConfig(AppConfig):
    name = "fengchao.maps"

    def ready(self) -> None:
        from fengchao.areas.moving import followers
        from fengchao.areas.national import standing

        from . import actions, deeds, errors, regrid, tiles  # noqa: F401  (deeds and errors register their words)

        followers.append(regrid.FOLLOWER)
        standing.standings["boundaries"] = standing.Standing(
            _("边界"), standing.exactly("maps_boundary", "t.until IS NULL"))
        standing.told.append(actions.shift_boundaries)
        standing.untold.append(actions.shift_boundaries_back)
        tiles.configured()  # a wrong setting stops the start, not the first page
