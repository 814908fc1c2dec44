"""The deeds of work in words."""

from django.utils.translation import gettext_lazy as _

from fengchao.base.deeds import register
from fengchao.packs import kinds

register({
    "add_form": _("添加表单"), "assign": _("分派任务"), "campaign_shifted": _("走访随区划调整"), "claim": _("认领任务"),
    "close": _("结束走访"),
    "create_tasks": _("生成任务"), "declare": _("发起走访"), "escalate": _("任务上报"), "exclude": _("不计入"),
    "export_answers": _("导出回答"), "export_doors": _("导出剩余的门"), "hand_over": _("移交网格"),
    "include": _("恢复计入"), "record": _("上门记录"), "release": _("放回任务"),
    "restore_sign_off": _("恢复签字"), "sign_off": _("签字"),
    "settle": _("任务自行完成"), "withdraw_sign_off": _("撤回签字"),
}, {
    "basis": _("依据"), "hi": _("到网格"), "hukou": _("户籍地址里有"), "lo": _("从网格"), "looked_at": _("看过的户数"),
    "only_from": _("只移交谁的"), "questions": _("题数"), "remaining": _("剩余"), "taken": _("改变的签字"),
    "tasks": _("任务"), "to": _("交给"), "total": _("总数"), "version": _("版本"),
}, {
    "kind": {code: kind.name for code, kind in kinds().items()},
}, {
    "campaign": "campaign_shifted close create_tasks declare export_answers restore_sign_off sign_off"
                " withdraw_sign_off",
})
