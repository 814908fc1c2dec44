"""The deeds of privacy in words."""

from django.utils.translation import gettext_lazy as _

from fengchao.base.deeds import register

register({
    "approve_close_out": _("批准删除资料"), "erase": _("删除资料"), "reveal": _("查看完整号码"),
    "take_inventory": _("清点资料"),
}, {
    "answers": _("有回答的"), "exports": _("导出次数"), "hash": _("校验值"), "notes": _("有备注的"),
    "photos": _("照片"),
}, pages={"person": "reveal", "close_out": "approve_close_out erase take_inventory"})
