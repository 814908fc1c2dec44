"""What is asked when a door is opened for another program."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fengchao.base.actor import Actor
from fengchao.base.places import Area
from fengchao.work.queries import workers_in

from .feeds import FEEDS, Feed


def offered(by: Actor, area: Area) -> list[Feed]:
    """The feeds somebody may hand out for the whole of an area."""
    return [feed for feed in FEEDS.values() if all(by.may(permission, area) for permission in feed.permissions)]


class Lasting(forms.Form):
    name = forms.CharField(label=_("用途"), max_length=60, help_text=_("给谁、做什么用，例如“区数据组日报”。"))
    days = forms.IntegerField(label=_("有效天数"), min_value=1, max_value=settings.TOKEN_DAYS, initial=90)


class NewToken(Lasting):
    allows = forms.MultipleChoiceField(label=_("可以读取"), widget=forms.CheckboxSelectMultiple)
    field_order = ("name", "allows", "days")

    def __init__(self, *args: Any, by: Actor, area: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["allows"].choices = [(f.code, f.words) for f in offered(by, area)]  # type: ignore[attr-defined]


class NewCollectToken(Lasting):
    user = forms.TypedChoiceField(label=_("给谁用"), coerce=UUID,
                                  help_text=_("他在 Collect 里登记的内容，和他在手机上登记的一样算数。"))
    field_order = ("user", "name", "days")

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        workers = {worker.id: f"{worker.name} · {worker.grid}" for worker in workers_in(area)}
        self.fields["user"].choices = [("", "—"), *workers.items()]  # type: ignore[attr-defined]
        self.fields["name"].initial = "ODK Collect"


class NewWebhook(forms.Form):
    name = forms.CharField(label=_("用途"), max_length=60, help_text=_("给谁、做什么用，例如“区数据组日报”。"))
    url = forms.CharField(label=_("网址"), max_length=300, help_text=_("以 https:// 开头。"),
                          widget=forms.URLInput(attrs={"placeholder": "https://"}))
    feeds = forms.MultipleChoiceField(label=_("这些数据有变化时通知"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, by: Actor, area: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(f.code, f.words) for f in offered(by, area) if not f.whole]
        self.fields["feeds"].choices = told  # type: ignore[attr-defined]
