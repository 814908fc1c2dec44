"""The deeds of web in words."""

from django.utils.translation import gettext_lazy as _

from fengchao.base.deeds import register

register({
    "filter_saved": _("保存筛选"), "filter_dropped": _("删除筛选"),
})
