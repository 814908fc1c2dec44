"""What is said about the rows of a staff list, besides what `sheets` says of any workbook."""

from django.utils.translation import gettext_lazy as _

from fengchao.sheets import wording

wording.register(flaws={
    "staff_username": _("用户名请用 2 至 60 个小写字母、数字、点、横线或汉字"),
    "staff_twice": _("与第 %(row)s 行用户名相同而姓名不同，请核对"),
    "staff_yourself": _("不能用名单改自己的账号，请另一位管理员来做"),
    "staff_elsewhere": _("这个用户名已有账号，但不归您管理：请换一个用户名，或请那里的管理员处理"),
    "staff_half": _("角色和负责的地方要一起填"),
    "staff_no_place": _("名单所在的地方里没有这个网格或社区，请填代码"),
    "staff_place_twice": _("有几个地方都叫这个名称，请填代码"),
    "staff_not_yours": _("您不能给出这个角色，或不能在这个地方给出"),
    "staff_level": _("这个角色不能给到这一级，请填合适的网格、社区或街道"),
    "staff_dates": _("结束日期不能早于开始日期，也不能早于今天"),
    "staff_far": _("开始日期太远，最晚 %(day)s"),
})
