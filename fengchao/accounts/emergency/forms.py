"""What is asked before an emergency access, and after it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fengchao import packs

from .actions import LONGEST, SHORTEST


class Begin(forms.Form):
    """The place stands in a picker of its own."""

    reason = forms.ChoiceField(label=_("原因"), widget=forms.RadioSelect)
    words = forms.CharField(label=_("发生了什么"), min_length=SHORTEST, max_length=LONGEST,
                            widget=forms.Textarea(attrs={"rows": 2}),
                            help_text=_("一句话。当地负责的人会马上看到。不要写居民的姓名和号码。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = list(packs.base_pack().emergency_reasons.items())


class Review(forms.Form):
    justified = forms.TypedChoiceField(label=_("这次查看有必要吗"), widget=forms.RadioSelect,
                                       coerce=lambda answer: answer == "yes",
                                       choices=[("yes", _("有必要")), ("no", _("没有必要"))])
    verdict = forms.CharField(label=_("理由"), min_length=SHORTEST, max_length=300,
                              widget=forms.Textarea(attrs={"rows": 2}),
                              help_text=_("一句话，查看的人也看得到。"))
