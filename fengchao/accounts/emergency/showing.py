"""A look in words: which page, and the page itself to go and see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from fengchao.areas.overlays import overlay_with_id
from fengchao.areas.queries import label
from fengchao.base.models import AuditEntry

PAGES: dict[str, Any] = {
    "register": _("人房名册"), "household": _("一户"), "person": _("一个人"), "person_reveal": _("查看了完整号码"),
    "person_access": _("谁看过这个人的号码"), "board": _("形势图"), "doors": _("剩余的门"), "door": _("一扇门"),
    "doors_paper": _("打印剩余的门"), "coverage": _("覆盖进度"), "building": _("楼栋"), "campaigns": _("走访任务"),
    "campaign": _("一次走访"), "matrix": _("职责矩阵"), "areas": _("区划与网格"), "answers": _("回答"),
}
REVEALED = {"ric": _("身份证号"), "phone": _("电话"), "hukou": _("户籍地址")}


@dataclass(frozen=True, slots=True)
class Look:
    at: datetime
    words: Any
    more: Any
    href: str


def look_words(entry: AuditEntry) -> Look:
    of = dict(entry.detail)
    page, area, what = of.pop("page", ""), of.pop("area", ""), of.pop("what", "")
    more = REVEALED.get(what) or (_place(area) if area else "")
    return Look(entry.at, PAGES.get(page, page), more, _address("person" if what else page, of))


def _place(code: str) -> str:
    overlay = overlay_with_id(code)
    return overlay.name if overlay else label(int(code))


def _address(page: str, of: dict[str, str]) -> str:
    """Of the one person, door or building that was looked at; lists have none."""
    try:
        return reverse(page, kwargs=of) if of else ""
    except NoReverseMatch:
        return ""
