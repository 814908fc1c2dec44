"""The refusals of sightings, and what its imports say of rows besides what every import says."""

from django.utils.translation import gettext_lazy as _

from fengchao.base.errors import Problem, register
from fengchao.sheets import wording

register(
    {
        "source_dates": Problem(422, _("名单的日期不能晚于今天，保存期要晚于今天，最长 %(days)s 天。")),
    }
)
wording.register(flaws={"nothing_to_compare": _("只有姓名，没有证件号码、电话或住址，无法和名册核对")})
