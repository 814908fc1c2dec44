from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fengchao.base.errors import Problem, register


class WebConfig(AppConfig):
    name = "fengchao.web"

    def ready(self) -> None:
        from . import deeds  # noqa: F401  (registers its words)

        register({"too_many_filters": Problem(422, _("最多保存 %(limit)s 个筛选。请先删除不用的。")),
                  "no_duty": Problem(403, _("您现在没有职责。请联系社区书记或系统管理员。"))})
