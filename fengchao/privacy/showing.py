"""Deeds of the trail in words."""

from django.utils.translation import gettext_lazy as _

DEEDS = {
    "add_form": _("添加表单"), "add_person": _("登记人员"), "add_tag": _("添加关爱标签"),
    "approve_close_out": _("批准删除资料"), "assign": _("分派任务"), "claim": _("认领任务"), "close": _("结束走访"),
    "confirm_return": _("确认日报"), "create_tasks": _("生成任务"), "declare": _("发起走访"),
    "end_tag": _("结束关爱标签"), "erase": _("删除资料"), "escalate": _("任务上报"), "exclude": _("不计入"),
    "export_answers": _("导出回答"), "export_doors": _("导出剩余的门"), "export_returns": _("导出日报"),
    "hand_over": _("移交网格"), "include": _("恢复计入"), "import_person": _("导入人员"), "merge_people": _("合并人员"),
    "move_person": _("人员搬家"), "record": _("上门记录"), "release": _("放回任务"), "reveal": _("查看完整号码"),
    "set_presence": _("更改在住情况"), "sign_off": _("签字"), "take_inventory": _("清点资料"),
    "undo_merge": _("撤销合并"), "update_person": _("修改人员"), "withdraw_sign_off": _("撤回签字"),
}


def deed_words(action: str) -> str:
    return str(DEEDS.get(action, action))
