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
    "design_asked": _("要求设计网格"), "design_drawn": _("设计网格"),
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
    "move_person": _("人员搬家"), "overlay_added": _("新增片区"), "overlay_changed": _("修改片区"),
    "overlay_duties": _("片区职责调整"), "overlay_ended": _("停用片区"),
    "password_chosen": _("设置密码"), "password_reset": _("重置密码"),
    "record": _("上门记录"), "register_loaded": _("载入区划"), "regridded": _("调整网格"),
    "regridding_dropped": _("放弃网格方案"), "regridding_planned": _("制定网格方案"),
    "regridding_refused": _("网格方案未能执行"), "regridding_scheduled": _("定下网格调整日期"),
    "regridding_settled": _("网格调整后归位"), "regridding_undone": _("撤销网格调整"), "release": _("放回任务"),
    "resolve_held": _("处理待核内容"), "reveal": _("查看完整号码"), "session_ended": _("结束登录"),
    "sessions_ended": _("结束全部登录"), "set_presence": _("更改在住情况"), "sign_off": _("签字"),
    "take_inventory": _("清点资料"), "undo_merge": _("撤销合并"), "update_person": _("修改人员"),
    "hold_list": _("核对外部名单"), "see": _("外部来源见到"),
    "dismiss_sighting": _("标记不住这里"), "reopen_sighting": _("放回看见未登记"),
    "forget_sightings": _("删除到期名单"), "settle": _("任务自行完成"),
    "staff_list_done": _("名单生效"), "staff_list_dropped": _("放弃名单"), "staff_list_received": _("上传名单"),
    "second_factor_added": _("启用二次验证"), "second_factor_removed": _("关闭二次验证"),
    "second_factor_renewed": _("更换备用码"), "sign_in_failed": _("登录失败"), "signed_in": _("登录"),
    "signed_out": _("退出登录"), "filter_saved": _("保存筛选"), "filter_dropped": _("删除筛选"),
    "user_activated": _("启用用户"), "user_changed": _("修改用户"), "user_created": _("新建用户"),
    "user_deactivated": _("停用用户"), "withdraw_sign_off": _("撤回签字"), "restore_sign_off": _("恢复签字"),
    "map_upload": _("上传边界文件"), "map_import": _("导入边界"), "map_drop": _("放弃边界文件"),
    "map_forget": _("清除未确认的边界文件"), "regridding_chosen": _("选定随调整的职责"),
    "source_opened": _("建立外部来源"),
    "token_made": _("发出令牌"), "token_revoked": _("收回令牌"), "read_feed": _("别的系统取数"),
    "webhook_made": _("设置变化通知"), "webhook_ended": _("停止变化通知"), "webhook_tried": _("试发变化通知"),
    "webhook_sent_again": _("重发变化通知"), "webhooks_told": _("发出变化通知"),
    "deliveries_forgotten": _("清除旧的通知记录"),
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
    "allows": _("可取的内容"), "area": _("地方"), "datum": _("坐标"), "days": _("天数"), "features": _("图形数"),
    "feed": _("数据表"), "feeds": _("数据表"), "files": _("文件数"), "full": _("整表"), "holders": _("持有人"),
    "justified": _("有必要"), "messages": _("通知条数"), "page": _("页面"), "parts": _("组成"),
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
