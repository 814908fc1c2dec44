from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "fengchao.areas"

    def ready(self) -> None:
        from . import deeds, errors  # noqa: F401  (register their words)
        from .actions import national_moves
        from .actions.overlays import follow, unfollow
        from .moving import Follower, followers

        followers.append(Follower(told=follow, untold=unfollow))
        followers.append(Follower(told=national_moves.follow, untold=national_moves.unfollow))
