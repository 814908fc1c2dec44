from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "fengchao.accounts"

    def ready(self) -> None:
        from fengchao.base import jobs

        from . import errors, gate  # noqa: F401  (registers its sentences; listens to sign-ins)
        from .queries import actor_with_id

        jobs.find_actor = actor_with_id
