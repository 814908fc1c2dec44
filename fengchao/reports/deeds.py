"""The deeds of reports in words."""

from django.utils.translation import gettext_lazy as _

from fengchao.base.deeds import register

register({
    "confirm_return": _("确认日报"), "export_returns": _("导出日报"),
}, {
    "late": _("迟报"), "nil": _("零报告"),
})
