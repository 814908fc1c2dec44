"""The columns of a staff list. Imported by the guarded process: nothing here may need Django's settings or models."""

from datetime import date
from typing import Any

from fengchao.base.words import gettext_lazy as _
from fengchao.sheets.cells import Flaw, text
from fengchao.sheets.characters import plain
from fengchao.sheets.columns import Column, PhoneColumn, TextColumn
from fengchao.sheets.dates import read_date

# Written in lists by their Chinese name, or by their code. A captain needs a building, so is given in the matrix.
ROLE_WORDS = {
    "网格员": "grid_worker", "社区书记": "community_secretary", "街道干部": "street_officer",
    "包保干部": "responsible_cadre", "督导员": "inspector", "数据管理员": "data_steward",
    "系统管理员": "system_administrator",
}  # fmt: skip
ROLES_BY_WORD = {plain(word): code for words, code in ROLE_WORDS.items() for word in (words, code)}


class Username(TextColumn):
    identifier, title, synonyms = "username", _("用户名"), ("用户名", "账号", "登录名", "工号", "Username")
    required, longest, note = True, 60, _("登录时用：小写字母、数字或汉字")

    def clean(self, cell: Any) -> str | Flaw:
        value = super().clean(cell)
        return value.lower() if isinstance(value, str) else value


class Name(TextColumn):
    identifier, title, synonyms = "name", _("姓名"), ("姓名", "名字", "Name")
    required, longest = True, 40


class Phone(PhoneColumn):
    identifier, title, synonyms = "phone", _("手机号"), ("手机号", "手机", "电话", "联系电话", "手机号码", "Phone")


class Unit(TextColumn):
    identifier, title, synonyms = "unit", _("所在单位"), ("所在单位", "单位", "部门", "Unit")
    longest, width = 80, 20


class RoleOf(Column):
    identifier, title, synonyms = "role", _("角色"), ("角色", "职责", "岗位", "职务", "Role")
    few, note = True, _("如 网格员；一人几项职责写几行；楼栋长不填")

    def clean(self, cell: Any) -> str | Flaw:
        written = text(cell)
        known = "、".join(ROLE_WORDS)
        return ROLES_BY_WORD.get(plain(written)) or Flaw("choice_unknown", {"written": written[:20], "known": known})


class AreaOf(TextColumn):
    identifier, title = "area", _("负责的地方")
    synonyms = ("负责的地方", "地方", "区域", "网格", "社区", "范围", "Area")
    few, width, note = True, 22, _("网格或社区的代码；名称在本地不重复时写名称也可以")
    longest = 60


class Day(Column):
    def clean(self, cell: Any) -> date | Flaw:
        return read_date(cell, earliest=2000, latest=date(2100, 1, 1))


class Since(Day):
    identifier, title, synonyms = "since", _("开始日期"), ("开始日期", "从", "起", "开始", "From")
    note = _("不填为今天")


class Until(Day):
    identifier, title, synonyms = "until", _("结束日期"), ("结束日期", "到", "止", "结束", "Until")
    note = _("不填为长期")


def columns() -> list[Column]:
    return [Username(), Name(), Phone(), Unit(), RoleOf(), AreaOf(), Since(), Until()]
