"""The deeds of exchange in words."""

from django.utils.translation import gettext_lazy as _

from fengchao.base.deeds import register

from .feeds import FEEDS
from .models import COLLECT

register({
    "door_shifted": _("令牌或通知随网格调整"),
    "token_made": _("发出令牌"), "token_revoked": _("收回令牌"), "read_feed": _("别的系统取数"),
    "webhook_made": _("设置变化通知"), "webhook_ended": _("停止变化通知"), "webhook_tried": _("试发变化通知"),
    "webhook_sent_again": _("重发变化通知"), "webhooks_told": _("发出变化通知"),
    "deliveries_forgotten": _("清除旧的通知记录"),
}, {
    "allows": _("可取的内容"), "days": _("天数"), "feed": _("数据表"), "feeds": _("数据表"), "full": _("整表"),
    "messages": _("通知条数"),
}, {key: {feed.code: feed.words for feed in FEEDS.values()} | {COLLECT: "ODK Collect"}
    for key in ("allows", "feed", "feeds")},
    {"webhook": "webhook_made webhook_ended webhook_tried webhook_sent_again"})
