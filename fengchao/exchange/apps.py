from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "fengchao.exchange"

    def ready(self) -> None:
        from . import errors  # noqa: F401  (registers its sentences)
