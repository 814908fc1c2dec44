"""Deeds of the trail in words."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

DEEDS = {
    "add_building": _("登记楼栋"), "add_dwelling": _("登记户室"), "add_form": _("添加表单"),
    "add_person": _("登记人员"), "add_premises": _("登记场所"), "add_tag": _("添加关爱标签"),
    "answer_complaint": _("答复意见"),
    "approve_close_out": _("批准删除资料"), "assign": _("分派任务"), "attach": _("上传照片"), "backup": _("备份"),
    "claim": _("认领任务"),
    "clock_off": _("手机时间不准"), "close": _("结束走访"), "community_confirmed": _("确认筹备社区"),
    "complain": _("提出意见"), "confirm_return": _("确认日报"), "create_tasks": _("生成任务"),
    "decide_conflict": _("裁定冲突"), "declare": _("发起走访"), "device_enrolled": _("登记手机"),
    "device_revoked": _("停用手机"), "division_added": _("新增区划"), "division_merged": _("合并区划"),
    "division_renamed": _("区划改名"), "duty_ended": _("结束职责"), "duty_given": _("安排职责"),
    "end_tag": _("结束关爱标签"), "emergency_begun": _("开始紧急查看"), "emergency_ended": _("结束紧急查看"),
    "emergency_look": _("紧急查看的一页"), "emergency_reviewed": _("复核紧急查看"),
    "erase": _("删除资料"), "escalate": _("任务上报"), "exclude": _("不计入"),
    "export_answers": _("导出回答"), "export_doors": _("导出剩余的门"), "export_register": _("导出名册"),
    "export_returns": _("导出日报"), "forget": _("清除过期内容"), "grid_added": _("新增网格"),
    "grid_closed": _("撤销网格"), "grid_renamed": _("网格改名"), "hand_over": _("移交网格"), "hold": _("留存待核内容"),
    "identity_accepted": _("出示单位账号"),
    "identity_bound": _("绑定单位账号"), "identity_loosened": _("解除单位账号"), "import_drop": _("放弃导入"),
    "import_people": _("导入名册"), "import_person": _("导入人员"),
    "import_upload": _("上传名册"), "include": _("恢复计入"), "merge_people": _("合并人员"),
    "move_person": _("人员搬家"), "password_chosen": _("设置密码"), "password_reset": _("重置密码"),
    "record": _("上门记录"), "register_loaded": _("载入区划"), "release": _("放回任务"),
    "resolve_held": _("处理待核内容"), "reveal": _("查看完整号码"), "session_ended": _("结束登录"),
    "sessions_ended": _("结束全部登录"), "set_presence": _("更改在住情况"), "sign_off": _("签字"),
    "take_inventory": _("清点资料"), "undo_merge": _("撤销合并"), "update_person": _("修改人员"),
    "staff_list_done": _("名单生效"), "staff_list_dropped": _("放弃名单"), "staff_list_received": _("上传名单"),
    "second_factor_added": _("启用二次验证"), "second_factor_removed": _("关闭二次验证"),
    "second_factor_renewed": _("更换备用码"), "sign_in_failed": _("登录失败"), "signed_in": _("登录"),
    "signed_out": _("退出登录"), "filter_saved": _("保存筛选"), "filter_dropped": _("删除筛选"),
    "user_activated": _("启用用户"), "user_changed": _("修改用户"), "user_created": _("新建用户"),
    "user_deactivated": _("停用用户"),
    "withdraw_sign_off": _("撤回签字"),
}
LONG = 60  # characters of one detail that a line of the list bears


def deed_words(action: str) -> str:
    return str(DEEDS.get(action, action))


def detail_words(detail: dict[str, Any]) -> list[tuple[str, str]]:
    """The detail of an entry for one line of a list: what is many is counted, what is long is cut."""
    return [(key, _short(value)) for key, value in detail.items() if value not in (None, "", [], {})]


def place_words(grid: int) -> str:
    """The code of the place: what concerns a whole community or street stands at its first, empty grid."""
    if not grid:
        return ""
    return str(grid // 1_000_000 if grid % 1_000_000 == 0 else grid // 1000 if grid % 1000 == 0 else grid)


def _short(value: Any) -> str:
    if isinstance(value, list | dict) and len(value) > 3:
        return gettext("%(n)s 项") % {"n": len(value)}
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= LONG else f"{text[:LONG]}…"
