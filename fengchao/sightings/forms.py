"""What must be said before a list about people is kept: what for, of what day, and until when."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fengchao.base import clock
from fengchao.packs import base_pack


class KeepForm(forms.Form):
    purpose = forms.CharField(label=_("目的"), max_length=200,
                              help_text=_("为什么要拿它和名册核对，本人问起时就这样回答。"))
    seen_on = forms.DateField(label=_("名单截至"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    expires = forms.DateField(label=_("保存至"), help_text=_("到期的夜里自动删除，推算和任务里不再出现。"),
                              widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, data: Any = None) -> None:
        today = clock.today()
        days = min(30, base_pack().retention_days)
        super().__init__(data, initial={"seen_on": today, "expires": today + timedelta(days=days)})
