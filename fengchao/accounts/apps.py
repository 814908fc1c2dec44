from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "fengchao.accounts"

    def ready(self) -> None:
        from fengchao.base import jobs

        from .queries import actor_with_id

        jobs.find_actor = actor_with_id
