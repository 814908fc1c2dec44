"""The deeds of sync in words."""

from django.utils.translation import gettext_lazy as _

from fengchao.base.deeds import register

register({
    "answer_complaint": _("答复意见"), "attach": _("上传照片"), "clock_off": _("手机时间不准"),
    "complain": _("提出意见"), "decide_conflict": _("裁定冲突"), "forget": _("清除过期内容"),
    "hold": _("留存待核内容"), "resolve_held": _("处理待核内容"),
}, {
    "adopt": _("采用这条记录"), "held": _("待核内容"), "record": _("记录编号"), "remembered": _("旧的编号"),
    "seconds": _("相差秒数"), "type": _("种类"),
})
