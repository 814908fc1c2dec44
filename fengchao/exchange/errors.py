"""The refusals of the doors for other systems, as an analyst's program or a steward reads them."""

from django.utils.translation import gettext_lazy as _

from fengchao.base.errors import Problem, register

register(
    {
        "token_ended": Problem(401, _("令牌无效、已过期或已收回。请向数据管理员或系统管理员要一个新的。")),
        "not_in_token": Problem(403, _("这个令牌不能用于“%(asked)s”。请向数据管理员要一个包含它的令牌。")),
        "no_such_feed": Problem(404, _("没有叫“%(feed)s”的数据表。可用的见“数据说明”页面。")),
        "feed_not_yours": Problem(403, _("您的职责不包括“%(feed)s”，不能把它给别的系统。")),
        "token_days": Problem(422, _("有效期应为 1 至 %(limit)s 天。")),
        "allows_nothing": Problem(422, _("请选择令牌可以用来做什么。")),
        "one_reading": Problem(429, _("这个令牌正在读取。请等它读完再来。")),
        "hook_url": Problem(422, _("网址应以 https:// 开头，不带用户名和密码。请检查后重填。")),
        "hook_inside": Problem(
            422, _("这个网址指向内部网络，不向它发送。确实需要时，请系统管理员在设置里写明这个网段。")),
        "hook_unknown": Problem(422, _("找不到这个网址的服务器。请检查网址。")),
        "hook_tls": Problem(422, _("对方的证书不可信，没有发送。请对方换上有效的证书。")),
        "hook_slow": Problem(422, _("对方太久没有回答。请对方检查。")),
        "hook_down": Problem(422, _("连不上对方，或连接中断。请对方检查。")),
        "hook_status": Problem(422, _("对方没有收下。请对方检查；改好后可以重发。")),
        "hook_ended": Problem(409, _("这个通知已经停止，不能再发。请新建一个。")),
        "hook_waiting": Problem(409, _("这条消息还在等待发送，不用重发。")),
        "no_door_here": Problem(422, _("这位人员没有可以登记的网格。请先安排职责。")),
    }
)
