"""The deeds of accounts in words."""

from django.utils.translation import gettext_lazy as _

from fengchao.base.deeds import register
from fengchao.packs import base_pack

from .emergency.showing import PAGES, REVEALED
from .roles import ROLES

FACTORS = {"totp": _("动态码"), "recovery_codes": _("备用码"), "webauthn": _("通行密钥")}

register({
    "backup": _("备份"), "device_enrolled": _("登记手机"), "device_revoked": _("停用手机"),
    "duty_ended": _("结束职责"), "duty_given": _("安排职责"), "emergency_begun": _("开始紧急查看"),
    "emergency_ended": _("结束紧急查看"), "emergency_look": _("紧急查看的一页"),
    "emergency_reviewed": _("复核紧急查看"), "home_shifted": _("账号归属随区划调整"),
    "identity_accepted": _("出示单位账号"),
    "identity_bound": _("绑定单位账号"), "identity_loosened": _("解除单位账号"), "overlay_duties": _("片区职责调整"),
    "password_chosen": _("设置密码"), "password_reset": _("重置密码"), "session_ended": _("结束登录"),
    "sessions_ended": _("结束全部登录"), "staff_list_done": _("名单生效"), "staff_list_dropped": _("放弃名单"),
    "staff_list_shifted": _("名单随区划改代码"),
    "staff_list_received": _("上传名单"), "second_factor_added": _("添加二次验证方式"),
    "second_factor_removed": _("移除二次验证方式"), "second_factor_renewed": _("更换备用码"),
    "restored": _("恢复备份"), "sign_in_failed": _("登录失败"), "signed_in": _("登录成功"),
    "signed_out": _("已退出登录"), "user_activated": _("启用用户"), "user_changed": _("修改用户"),
    "user_created": _("新建用户"), "user_deactivated": _("停用用户"),
}, {
    "role": _("角色"), "holders": _("持有人"), "justified": _("有必要"), "page": _("页面"), "methods": _("登录方式"),
    "person": _("居民"), "operator": _("操作者"),
}, {
    "role": {code: role.name for code, role in ROLES.items()},
    "methods": {"password": _("密码"), "socialaccount": _("单位账号"), **FACTORS}, "kind": FACTORS,
    "page": PAGES, "what": REVEALED | {"name": _("姓名"), "unit": _("单位")},
    "reason": dict(base_pack().emergency_reasons),
}, {
    "user": "home_shifted user_created"
            " user_changed user_activated user_deactivated password_chosen password_reset session_ended"
            " sessions_ended identity_accepted identity_bound identity_loosened second_factor_added"
            " second_factor_removed second_factor_renewed signed_in signed_out sign_in_failed",
    "emergency_one": "emergency_begun emergency_ended emergency_look emergency_reviewed",
    "staff_list": "staff_list_received staff_list_done staff_list_dropped",
})
