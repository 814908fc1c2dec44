from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkConfig(AppConfig):
    name = "fengchao.work"

    def ready(self) -> None:
        from fengchao import packs
        from fengchao.areas.moving import followers
        from fengchao.areas.national import standing
        from fengchao.people import told

        from . import deeds, errors, kinds, regrid  # noqa: F401  (deeds and errors register their words)
        from .actions import following, grounds, merging, premises

        for rules in packs.base_pack().kinds.values():
            kinds.register(kinds.Kind(rules, follow_up=kinds.follow_up_of(rules)))
        followers.append(regrid.FOLLOWER)
        standing.standings["campaigns"] = standing.Standing(
            _("走访任务"), standing.exactly("work_campaign", "t.state <> 'closed'"))
        standing.told.append(grounds.follow_bare)
        told.moved.append(following.follow_people)
        told.premises.append(premises.follow_premises)
        told.merged.append(merging.count_once)
