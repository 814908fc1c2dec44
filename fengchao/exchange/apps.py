from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "fengchao.exchange"

    def ready(self) -> None:
        from fengchao.accounts.endings import with_duty, with_sign_ins

        from . import deeds, errors  # noqa: F401  (register their words)
        from .actions.ending import end_fallen_tokens, end_tokens

        with_sign_ins.append(end_tokens)
        with_duty.append(end_fallen_tokens)
