"""The deeds of sightings in words."""

from django.utils.translation import gettext_lazy as _

from fengchao.base.deeds import register

register({
    "hold_list": _("核对外部名单"), "see": _("外部来源见到"), "dismiss_sighting": _("标记不住这里"),
    "reopen_sighting": _("放回看见未登记"), "forget_sightings": _("删除到期名单"), "source_opened": _("建立外部来源"),
}, {
    "accepted": _("可核对的"), "known": _("名册里有的"), "strangers": _("名册里没有的"), "no_door": _("住处不明的"),
    "why": _("原因"),
})
