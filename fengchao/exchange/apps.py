from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "fengchao.exchange"

    def ready(self) -> None:
        from fengchao.accounts.endings import with_duty, with_sign_ins
        from fengchao.areas import moving
        from fengchao.areas.national import standing

        from . import deeds, errors  # noqa: F401  (register their words)
        from .actions import following
        from .actions.ending import end_fallen_tokens, end_tokens

        moving.followers.append(moving.Follower(told=following.follow, untold=following.unfollow))
        standing.told.append(following.follow_bare)
        standing.standings |= {
            "tokens": standing.Standing(_("令牌"), standing.exactly(
                "exchange_token", "t.revoked IS NULL AND t.overlay IS NULL AND t.expires > now()")),
            "webhooks": standing.Standing(_("变化通知"), standing.exactly(
                "exchange_webhook", "t.ended IS NULL AND t.overlay IS NULL"))}
        with_sign_ins.append(end_tokens)
        with_duty.append(end_fallen_tokens)
