"""A look in words: which page, and the page itself to go and see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fengchao.areas.overlays import overlay_with_id
from fengchao.areas.queries import label
from fengchao.base.models import AuditEntry

from ..roles import ROLES
from .models import EmergencyAccess
from .queries import told_of

PAGES: dict[str, Any] = {  # every page there is: also the own ones of whoever looks are opened under it
    "account": _("我的账号"), "answers": _("回答"), "area_pick": _("选一个地方"), "areas": _("区划与网格"),
    "audit": _("操作日志"), "board": _("形势图"), "building": _("楼栋"), "campaign": _("一次走访"),
    "campaigns": _("走访任务"), "certificate": _("销毁证明"), "close_out": _("一次资料销毁"),
    "close_outs": _("资料销毁"), "complaints": _("网格员的意见"), "conflicts": _("记录矛盾"), "coverage": _("覆盖进度"),
    "declare": _("发起走访"), "design": _("一份网格设计"), "design_plan": _("网格设计的方案"), "designs": _("网格设计"),
    "door": _("一扇门"), "doors": _("剩余的门"), "doors_export": _("导出剩余的门"), "doors_paper": _("打印剩余的门"),
    "duty_choose": _("选择职责"), "duty_give": _("安排职责"), "emergencies": _("紧急查看的复核"),
    "emergency": _("紧急查看"), "emergency_one": _("一次紧急查看"), "emergency_places": _("查找地方"),
    "feeds": _("数据字典"), "form": _("一份问卷"), "form_workbook": _("下载问卷"), "forms": _("问卷"),
    "healthz": _("运行状态"), "held": _("手机送来待处理的记录"), "home": _("首页"), "household": _("一户"),
    "import_errors": _("导入的问题行"), "import_run": _("一次导入"), "imports": _("导入名册"), "map": _("地图"),
    "map_import": _("一次地图导入"), "map_imports": _("导入地图"), "matrix": _("职责矩阵"),
    "me_menu": _("自己的菜单"), "national": _("全国区划"), "national_file": _("一份区划文件"),
    "outbox": _("手机还没上传的"), "overlays": _("片区与线路"), "person": _("一个人"),
    "person_access": _("谁看过这个人的号码"), "person_edit": _("修改一个人"), "person_move": _("一个人搬家"),
    "person_reveal": _("查看了完整号码"), "phones": _("手机与同步"), "place_menu": _("换一个地方"),
    "premises": _("场所"), "premises_add": _("登记一处场所"), "premises_edit": _("修改场所"),
    "premises_export": _("导出场所"), "premises_one": _("一处场所"),
    "premises_template": _("下载空白模板"), "progress": _("进度"), "register": _("人房名册"),
    "register_export": _("导出名册"),
    "register_template": _("名册模板"), "regrid_draft": _("网格方案的草稿"), "regrid_sheet": _("网格方案的表格"),
    "regridding": _("一份网格方案"), "regriddings": _("网格方案与沿革"), "returns": _("日报"),
    "returns_xlsx": _("导出日报"), "sighting_list": _("一份外部名单"), "sightings": _("外部核对"),
    "staff": _("工作人员名单"), "staff_list": _("一份工作人员名单"), "staff_template": _("工作人员名单模板"),
    "token_collect": _("给 ODK Collect 的令牌"), "token_new": _("新建令牌"), "tokens": _("数据接口"),
    "twice": _("两处都登记的人"), "user": _("一个用户"), "user_new": _("新建用户"), "users": _("用户"),
    "webhook": _("一个推送"), "webhook_new": _("新建推送"), "webhooks": _("推送"),
}
NAMED = 5  # of those who were told
OTHER = _("别的操作")
REVEALED = {"ric": _("身份证号"), "phone": _("电话"), "hukou": _("户籍地址")}


@dataclass(frozen=True, slots=True)
class Look:
    at: datetime
    words: Any
    more: Any
    href: str


def told_words(access: EmergencyAccess) -> str:
    """Who was told that it was opened, by name: the nearest to the place first."""
    parts = EmergencyAccess.objects.filter(opening=access.opening).order_by("grid")
    duties = [duty for row in parts for duty in told_of(row.area, row.by)]
    names = list(dict.fromkeys(f"{ROLES[duty.role].name} {duty.user.name}" for duty in duties))
    said = " · ".join(names[:NAMED])
    return said if len(names) <= NAMED else gettext("%(names)s等 %(n)s 人") % {"names": said, "n": len(names)}


def look_words(entry: AuditEntry) -> Look:
    of = dict(entry.detail)
    page, area, what = of.pop("page", ""), of.pop("area", ""), of.pop("what", "")
    more = REVEALED.get(what) or (_place(area) if area else "")
    return Look(entry.at, PAGES.get(page, OTHER), more, _address("person" if what else page, of))


def _place(code: str) -> str:
    overlay = overlay_with_id(code)
    return overlay.name if overlay else label(int(code))


def _address(page: str, of: dict[str, str]) -> str:
    """Of the one person, door or building that was looked at; lists have none."""
    try:
        return reverse(page, kwargs=of) if of else ""
    except NoReverseMatch:
        return ""
