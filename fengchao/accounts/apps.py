from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "fengchao.accounts"

    def ready(self) -> None:
        from fengchao.base import jobs

        from . import errors, gate, trail  # noqa: F401  (registers its sentences; listen to sign-ins)
        from .emergency import page  # noqa: F401  (listens to sign-ins)
        from .queries import actor_with_id

        jobs.find_actor = actor_with_id
