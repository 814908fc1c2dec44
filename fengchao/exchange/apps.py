from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "fengchao.exchange"

    def ready(self) -> None:
        from . import deeds, errors  # noqa: F401  (register their words)
