"""The refusals of the doors for other systems, as an analyst's program or a steward reads them."""

from django.utils.translation import gettext_lazy as _

from fengchao.base.errors import Problem, register

register(
    {
        "token_ended": Problem(401, _("令牌无效、已过期或已停用。请向数据管理员或系统管理员要一个新的。")),
        "not_in_token": Problem(403, _("这个令牌不能用于“%(asked)s”。请向数据管理员要一个包含它的令牌。")),
        "no_such_feed": Problem(404, _("没有叫“%(feed)s”的数据表。可用的见“数据说明”页面。")),
        "feed_not_yours": Problem(403, _("您的职责不包括“%(feed)s”，不能把它给别的系统。")),
        "token_days": Problem(422, _("有效期应为 1 至 %(limit)s 天。")),
        "allows_nothing": Problem(422, _("请选择令牌可以用来做什么。")),
        "one_reading": Problem(429, _("这个令牌正在读取。请等它读完再来。")),
        "no_door_here": Problem(422, _("这位人员没有可以登记的网格。请先安排职责。")),
    }
)
