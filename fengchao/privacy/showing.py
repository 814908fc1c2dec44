"""Deeds of the trail in words."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

DEEDS = {
    "add_building": _("登记楼栋"), "add_dwelling": _("登记户室"), "add_form": _("添加表单"),
    "add_person": _("登记人员"), "add_premises": _("登记场所"), "add_tag": _("添加关爱标签"),
    "answer_complaint": _("答复意见"),
    "approve_close_out": _("批准删除资料"), "assign": _("分派任务"), "attach": _("上传照片"), "claim": _("认领任务"),
    "clock_off": _("手机时间不准"), "close": _("结束走访"), "community_confirmed": _("确认筹备社区"),
    "complain": _("提出意见"), "confirm_return": _("确认日报"), "create_tasks": _("生成任务"),
    "decide_conflict": _("裁定冲突"), "declare": _("发起走访"), "device_enrolled": _("登记手机"),
    "design_asked": _("要求设计网格"), "design_drawn": _("设计网格"),
    "device_revoked": _("停用手机"), "division_added": _("新增区划"), "division_merged": _("合并区划"),
    "division_renamed": _("区划改名"), "duty_ended": _("结束职责"), "duty_given": _("安排职责"),
    "end_tag": _("结束关爱标签"), "erase": _("删除资料"), "escalate": _("任务上报"), "exclude": _("不计入"),
    "export_answers": _("导出回答"), "export_doors": _("导出剩余的门"), "export_register": _("导出名册"),
    "export_returns": _("导出日报"), "forget": _("清除过期内容"), "grid_added": _("新增网格"),
    "grid_closed": _("撤销网格"), "grid_renamed": _("网格改名"), "hand_over": _("移交网格"), "hold": _("留存待核内容"),
    "import_drop": _("放弃导入"), "import_people": _("导入名册"), "import_person": _("导入人员"),
    "import_upload": _("上传名册"), "include": _("恢复计入"), "merge_people": _("合并人员"),
    "move_person": _("人员搬家"), "password_chosen": _("设置密码"), "password_reset": _("重置密码"),
    "record": _("上门记录"), "register_loaded": _("载入区划"), "release": _("放回任务"),
    "resolve_held": _("处理待核内容"), "reveal": _("查看完整号码"), "session_ended": _("结束登录"),
    "sessions_ended": _("结束全部登录"), "set_presence": _("更改在住情况"), "sign_off": _("签字"),
    "take_inventory": _("清点资料"), "undo_merge": _("撤销合并"), "update_person": _("修改人员"),
    "user_activated": _("启用用户"), "user_created": _("新建用户"), "user_deactivated": _("停用用户"),
    "withdraw_sign_off": _("撤回签字"),
}
DETAILS = {
    "added": _("新增"), "adopt": _("采用"), "answers": _("有回答的"), "basis": _("依据"), "code": _("名目"),
    "count": _("个数"), "created": _("新增"), "day": _("日期"), "disappeared": _("这次没有的人"),
    "exports": _("导出次数"), "fields": _("改了哪些项"), "forming": _("筹备中"), "gone": _("并入的编号"),
    "grids": _("网格数"),
    "hash": _("校验值"), "held": _("待核内容"), "hi": _("到网格"), "into": _("并入"), "kind": _("类型"),
    "late": _("迟报"), "lo": _("从网格"), "looked_at": _("看过的户数"), "name": _("名称"), "nil": _("零报告"),
    "notes": _("有备注的"), "old": _("原名"), "only_from": _("只移交谁的"), "people": _("人数"), "photos": _("照片"),
    "presence": _("在住情况"), "proposals": _("方案数"),
    "questions": _("题数"), "reason": _("原因"), "record": _("记录编号"),
    "records": _("记录"), "refused": _("拒绝"), "remaining": _("剩余"), "remembered": _("旧的编号"), "role": _("角色"),
    "rows": _("行数"), "seconds": _("相差秒数"), "seed": _("种子"), "size": _("字节"), "source": _("来源"),
    "taken": _("改变的签字"), "tasks": _("任务"), "to": _("交给"), "total": _("总数"), "type": _("种类"),
    "until": _("截止"), "updated": _("更新"), "user": _("用户编号"), "version": _("版本"), "was": _("原来"),
    "what": _("看了什么"),
}
LONG = 60  # characters of one detail that a line of the list bears


def deed_words(action: str) -> str:
    return str(DEEDS.get(action, action))


def detail_words(detail: dict[str, Any]) -> list[tuple[str, str]]:
    """The detail of an entry for one line of a list: what is many is counted, what is long is cut."""
    said = {key: value for key, value in detail.items() if value not in (None, "", [], {})}
    return [(str(DETAILS.get(key, key)), _short(value)) for key, value in said.items()]


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
