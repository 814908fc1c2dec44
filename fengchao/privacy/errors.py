"""The refusals of privacy, each with what to do."""

from django.utils.translation import gettext_lazy as _

from fengchao.base.errors import Problem, register

register({
    "purpose_needed": Problem(422, _("请选择查看的目的；选“其他”时请写明。这会留下记录，本人可以查询。")),
    "too_many_reveals": Problem(429, _("一小时内最多查看 %(limit)s 次完整号码。如确需更多，请联系数据管理员。")),
    "close_first": Problem(409, _("这次走访还没有结束。请先结束，再清点资料。")),
    "counted_already": Problem(409, _("这次走访的资料已经清点过，请由另一个人批准。")),
    "approved_already": Problem(409, _("已经批准过了。")),
    "not_approved": Problem(409, _("还没有批准，不能删除。")),
    "not_expired": Problem(409, _("资料保存至 %(day)s，到期以后才能删除。")),
    "erased_already": Problem(409, _("资料已经删除，请查看证明。")),
})
