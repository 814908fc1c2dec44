from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "fengchao.privacy"

    def ready(self) -> None:
        from . import deeds, errors  # noqa: F401  (register their words)
