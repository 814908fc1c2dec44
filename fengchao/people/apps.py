from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "fengchao.people"

    def ready(self) -> None:
        from . import errors  # noqa: F401  (registers its sentences)
        from .importing import wording  # noqa: F401
