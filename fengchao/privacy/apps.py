from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "fengchao.privacy"

    def ready(self) -> None:
        from . import errors  # noqa: F401  (registers its sentences)
