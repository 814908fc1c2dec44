from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fengchao.base.errors import Problem, register


class ReportsConfig(AppConfig):
    name = "fengchao.reports"

    def ready(self) -> None:
        from . import deeds  # noqa: F401  (registers its words)

        register({
            "return_day": Problem(422, _("只能确认今天和过去七天的日报。")),
            "return_confirmed": Problem(409, _("这一天的日报已经确认过，不能再改。请刷新页面查看。")),
        })
