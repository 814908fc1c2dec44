"""The navigation: one line a page. An app's new page adds its line here; pages that are not there are left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from fengchao.base.actor import Actor
from fengchao.base.permissions import Permission as P


@dataclass(frozen=True, slots=True)
class Item:
    label: Any
    url_name: str
    icon: str
    permission: P | None = None


@dataclass(frozen=True, slots=True)
class Section:
    label: Any
    items: tuple[Item, ...]


SECTIONS = (
    Section(_("现场"), (
        Item(_("形势图"), "board", "home", P.SEE_COVERAGE),
        Item(_("剩余的门"), "doors", "door", P.SEE_COVERAGE),
        Item(_("覆盖进度"), "coverage", "chart-bar", P.SEE_COVERAGE),
        Item(_("走访任务"), "campaigns", "flag", P.SEE_COVERAGE),
        Item(_("问卷"), "forms", "clipboard-check", P.DECLARE),
    )),
    Section(_("底数"), (
        Item(_("人房名册"), "register", "users", P.SEE_PEOPLE),
        Item(_("导入名册"), "imports", "file-import", P.IMPORT),
        Item(_("日报"), "returns", "calendar-check", P.CONFIRM_RETURN),
    )),
    Section(_("组织"), (
        Item(_("职责矩阵"), "matrix", "list-check", P.SEE_PLACES),
        Item(_("手机与同步"), "phones", "phone", P.ASSIGN),
        Item(_("用户"), "users", "user", P.GIVE_DUTY),
        Item(_("区划与网格"), "areas", "map-pin", P.SEE_PLACES),
        Item(_("资料销毁"), "close_outs", "user-off", P.CLOSE_OUT),
        Item(_("操作日志"), "audit", "shield-lock", P.SEE_AUDIT),
    )),
)


@dataclass(frozen=True, slots=True)
class Link:
    label: Any
    url: str
    icon: str
    current: bool


def sections_for(actor: Actor, path: str) -> Iterator[tuple[Any, list[Link]]]:
    """What this actor may open, with the page it is on marked."""
    for section in SECTIONS:
        if links := list(_links(section, actor, path)):
            yield section.label, links


def _links(section: Section, actor: Actor, path: str) -> Iterator[Link]:
    for item in section.items:
        url = _address(item.url_name)
        if url and (item.permission is None or actor.may_anywhere(item.permission)):
            yield Link(item.label, url, item.icon, path.startswith(url))


@lru_cache
def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
