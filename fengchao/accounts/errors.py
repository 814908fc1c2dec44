from django.utils.translation import gettext_lazy as _

from fengchao.base.errors import Problem, register

register(
    {
        "wrong_password": Problem(401, _("用户名或密码不对。请核对后重试；忘记密码请找社区书记或系统管理员重设。")),
        "second_factor_needed": Problem(
            403, _("您的角色必须使用验证器应用。请先在电脑上登录并添加，再在手机上登录。")),
        "code_needed": Problem(401, _("请再输入验证器应用上的六位验证码。")),
        "wrong_code": Problem(401, _("验证码不对或已过期。请看验证器应用上的新验证码再试。")),
        "locked_out": Problem(429, _("密码错误次数太多。请 %(minutes)s 分钟后再试，或找管理员重设密码。")),
        "device_ended": Problem(401, _("这台手机的登录已经结束。请重新登录。")),
        "username_taken": Problem(409, _("这个用户名已经有人用了，请换一个。")),
        "bad_username": Problem(422, _("用户名请用 2 至 60 个小写字母、数字、点、横线或汉字。")),
        "not_yours_to_give": Problem(403, _("您不能给出这项职责：您的职责不包括这个地方，或不包括这个角色。")),
        "not_yourself": Problem(403, _("不能给自己安排或取消职责、重设密码或停用。请另一位管理员来做。")),
        "wrong_level": Problem(422, _("“%(role)s”不能给到这一级。请选择合适的网格、社区或街道。")),
        "no_such_place": Problem(422, _("没有这个区划或网格，或它已经停用。")),
        "building_needed": Problem(422, _("楼栋长请选择楼栋。")),
        "duty_exists": Problem(409, _("这个人已经有这项职责了。")),
        "duty_ended": Problem(409, _("这项职责已经结束。")),
        "dates_wrong": Problem(422, _("结束日期不能早于开始日期，也不能早于今天。")),
        "user_inactive": Problem(409, _("这个账号已停用。请先启用。")),
    }
)
