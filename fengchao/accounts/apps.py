from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "fengchao.accounts"

    def ready(self) -> None:
        from fengchao.areas.actions.overlays import changed
        from fengchao.areas.moving import Follower, followers
        from fengchao.areas.national import standing
        from fengchao.base import jobs

        from . import deeds, errors, gate, trail  # noqa: F401  (register their sentences; listen to sign-ins)
        from .actions.following import follow, unfollow
        from .actions.homes import HOMES, bare_homes, follow_homes, unfollow_homes
        from .actions.overlays import keep_to
        from .actions.shifting import ALIVE, shift_duties, shift_lists, shift_lists_back
        from .emergency import page  # noqa: F401  (listens to sign-ins)
        from .queries import actor_with_id

        jobs.find_actor = actor_with_id
        followers.append(Follower(told=follow, untold=unfollow))
        followers.append(Follower(told=follow_homes, untold=unfollow_homes))
        changed.append(keep_to)
        standing.standings["duties"] = standing.Standing(_("职责"), standing.exactly("accounts_duty", ALIVE))
        standing.standings["homes"] = standing.Standing(_("账号"), HOMES)
        standing.told += [shift_duties, shift_lists, bare_homes]
        standing.untold.append(shift_lists_back)
