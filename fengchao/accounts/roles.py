"""The roles people hold, each described in the sentence a secretary would say, and what each may do."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from fengchao.base.permissions import Permission as P


@dataclass(frozen=True, slots=True)
class Role:
    code: str
    name: Any
    sentence: Any
    permissions: frozenset[P]
    level: str  # the smallest kind of area the role is given for
    widest: str  # and the widest
    answers: bool = False  # whether a grid with such a duty has somebody who answers for it
    one_building: bool = False  # given for one building of its grid
    gives: frozenset[str] = frozenset()  # the roles its holder may give inside the same area


_SEE = {P.SEE_PLACES, P.SEE_PEOPLE, P.SEE_COVERAGE}
_DOOR = _SEE | {P.RECORD, P.EDIT_REGISTER, P.REVEAL}
_HELPERS = frozenset({"grid_worker", "building_captain", "responsible_cadre"})
_OFFICE = _DOOR | {P.ASSIGN, P.IMPORT, P.EXPORT, P.SIGN_OFF, P.CONFIRM_RETURN}

# What somebody may do under an emergency access, besides their duties: look, and see a number in full for a purpose.
EMERGENCY = frozenset(_SEE | {P.REVEAL})

ROLES = {role.code: role for role in (
    Role("grid_worker", _("网格员"), _("负责一个网格：上门、登记、更新本网格的住户和人员。"),
         frozenset(_DOOR), "grid", "community", answers=True),
    Role("building_captain", _("楼栋长"), _("负责一栋楼：只看得到、只能登记这栋楼的住户。"),
         frozenset(_SEE | {P.RECORD}), "grid", "grid", one_building=True),
    Role("community_secretary", _("社区书记"), _("负责一个社区：导入名册、发起走访、分派任务、确认日报。"),
         frozenset(_OFFICE | {P.DECLARE, P.MANAGE_AREAS, P.CLOSE_OUT, P.GIVE_DUTY, P.REVIEW_EMERGENCY}),
         "community", "community", gives=_HELPERS),
    Role("street_officer", _("街道干部"), _("负责一个街道：看到全部社区的进度，处理上报的事项，汇总日报。"),
         frozenset(_OFFICE | {P.DECLARE, P.MANAGE_AREAS, P.CLOSE_OUT, P.SEE_AUDIT, P.GIVE_DUTY,
                             P.REVIEW_EMERGENCY}), "street", "street",
         gives=_HELPERS | {"community_secretary"}),
    Role("responsible_cadre", _("包保干部"), _("包保一个网格：跟进剩余的门，电话排查，出现异常第一时间到场。"),
         frozenset(_DOOR | {P.ASSIGN}), "grid", "community", answers=True),
    Role("inspector", _("督导员"), _("看进度和记录是否属实，不能修改，看不到未脱敏的个人信息。"),
         frozenset({P.SEE_PLACES, P.SEE_COVERAGE, P.SEE_AUDIT}), "community", "province"),
    Role("data_steward", _("数据管理员"), _("管理名册的导入、导出、合并和到期删除，给别的系统发令牌。"),
         frozenset(_SEE | {P.EDIT_REGISTER, P.IMPORT, P.EXPORT, P.REVEAL, P.CLOSE_OUT, P.SEE_AUDIT, P.GIVE_ACCESS,
                          P.REVIEW_EMERGENCY}),
         "community", "province"),
    Role("system_administrator", _("系统管理员"), _("管理用户、职责和区划，看不到居民信息。"),
         frozenset({P.SEE_PLACES, P.MANAGE_USERS, P.MANAGE_AREAS, P.GIVE_DUTY, P.SEE_AUDIT, P.GIVE_ACCESS}),
         "county", "province"),
)}
