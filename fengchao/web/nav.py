"""The navigation: one line a page. An app's new page adds its line here; pages that are not there are left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
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
        Item(_("地图"), "map", "map-pin", P.SEE_COVERAGE),
        Item(_("剩余的门"), "doors", "door", P.SEE_COVERAGE),
        Item(_("覆盖进度"), "coverage", "chart-bar", P.SEE_COVERAGE),
        Item(_("走访任务"), "campaigns", "flag", P.SEE_COVERAGE),
        Item(_("问卷"), "forms", "clipboard-check", P.DECLARE),
    )),
    Section(_("底数"), (
        Item(_("人房名册"), "register", "users", P.SEE_PEOPLE),
        Item(_("导入名册"), "imports", "file-import", P.IMPORT),
        Item(_("外部核对"), "sightings", "eye", P.SEE_PEOPLE),
        Item(_("日报"), "returns", "calendar-check", P.CONFIRM_RETURN),
    )),
    Section(_("组织"), (
        Item(_("职责矩阵"), "matrix", "list-check", P.SEE_PLACES),
        Item(_("手机与同步"), "phones", "phone", P.ASSIGN),
        Item(_("用户"), "users", "user", P.GIVE_DUTY),
        Item(_("区划与网格"), "areas", "map-pin", P.SEE_PLACES),
        Item(_("网格设计"), "designs", "hexagons", P.MANAGE_AREAS),
        Item(_("数据接口"), "tokens", "download", P.GIVE_ACCESS),
        Item(_("紧急查看"), "emergencies", "alert-triangle", P.REVIEW_EMERGENCY),
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


def drawn_for(actor: Actor, path: str) -> SafeString:
    """What this actor may open, with the page it is on marked; empty for somebody without a duty."""
    current = next((url for item in _items() if (url := _address(item.url_name)) and path.startswith(url)), "")
    return _drawn(held_by(actor), current, get_language() or "")


def first_for(actor: Actor) -> str:
    """The address of the first page this actor may open; empty for somebody without a duty."""
    held = held_by(actor)
    return next((link.url for section in SECTIONS for link in _links(section, held, "")), "")


def held_by(actor: Actor) -> frozenset[P]:
    """Every permission held anywhere."""
    return frozenset(permission for grant in actor.grants for permission in grant.permissions)


@lru_cache(maxsize=1000)
def _drawn(held: frozenset[P], current: str, language: str) -> SafeString:
    """Drawn once for all who hold the same: it stands on every page."""
    sections = [(section.label, list(_links(section, held, current))) for section in SECTIONS]
    shown = [(label, links) for label, links in sections if links]
    return render_to_string("web/parts/sidenav.html", {"sections": shown}) if shown else SafeString("")


def _items() -> Iterator[Item]:
    return (item for section in SECTIONS for item in section.items)


def _links(section: Section, held: frozenset[P], current: str) -> Iterator[Link]:
    for item in section.items:
        url = _address(item.url_name)
        if url and (item.permission is None or item.permission in held):
            yield Link(item.label, url, item.icon, url == current)


@lru_cache
def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
