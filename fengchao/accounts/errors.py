from django.utils.translation import gettext_lazy as _

from fengchao.base.errors import Problem, register

register(
    {
        "wrong_password": Problem(401, _("用户名或密码不对。请核对后重试；忘记密码请找社区书记或系统管理员重设。")),
        "second_factor_needed": Problem(
            403, _("手机登录要用验证器应用。请先在电脑上登录并添加，再在手机上登录。")),
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
        "identity_unknown": Problem(
            403, _("您的单位账号在这里没有对应的账号。请联系社区书记或系统管理员，为您开通同名的账号。")),
        "identity_taken": Problem(
            409, _("这个账号已经绑定了另一个单位账号。如果您的单位账号换过，请系统管理员先解除原来的绑定。")),
        "identity_none": Problem(409, _("这个账号没有绑定单位账号。")),
        "identity_cancelled": Problem(403, _("您取消了单位账号登录。请重新登录，或使用用户名和密码。")),
        "identity_failed": Problem(
            403, _("单位账号登录没有成功。请再试一次；仍不行请使用用户名和密码，并告诉系统管理员。")),
        "staff_no_file": Problem(422, _("请选择是哪里的名单，再选择文件。")),
        "staff_gone": Problem(409, _("这份名单已经处理过，或放得太久已经删除。请重新上传。")),
        "emergency_reason": Problem(422, _("请选择原因，并用一句话写明发生了什么。这会通知当地负责的人。")),
        "emergency_place": Problem(422, _("请选择一个社区、网格或片区，片区不能大过一个社区。")),
        "emergency_needless": Problem(409, _("您的职责已经包括这个地方，不需要紧急查看。")),
        "emergency_nobody": Problem(
            409, _("这个地方没有人负责，也没有管理员：没有人能复核。请先由上级为它安排职责。")),
        "emergency_running": Problem(409, _("您已经有一次紧急查看在进行。请先结束它。")),
        "emergency_again": Problem(
            429, _("结束后 %(hours)s 小时内不能再看同一个地方。还需要的话，请当地书记或街道给您安排职责。")),
        "emergency_too_many": Problem(
            429, _("七天内最多紧急查看 %(limit)s 次。还需要的话，请当地书记或街道给您安排职责。")),
        "emergency_over": Problem(409, _("这次紧急查看已经结束。")),
        "emergency_reviewed": Problem(409, _("这次紧急查看已经有人复核过了。")),
        "emergency_verdict": Problem(422, _("请选择是否必要，并用一句话写明理由。")),
        "user_inactive": Problem(409, _("这个账号已停用。请先启用。")),
    }
)
