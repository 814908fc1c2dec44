from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "fengchao.work"

    def ready(self) -> None:
        from fengchao import packs
        from fengchao.areas.moving import followers
        from fengchao.people import told

        from . import errors, kinds, regrid  # noqa: F401  (errors registers its sentences)
        from .actions import following

        for rules in packs.base_pack().kinds.values():
            kinds.register(kinds.Kind(rules, follow_up=kinds.follow_up_of(rules)))
        followers.append(regrid.FOLLOWER)
        told.moved.append(following.follow_people)
