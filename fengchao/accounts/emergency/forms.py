"""What is asked before an emergency access, and after it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fengchao import packs

from .actions import LONGEST, SHORTEST


def _reasons() -> list[tuple[str, object]]:
    return list(packs.base_pack().emergency_reasons.items())


class Begin(forms.Form):
    """The place stands in a picker of its own."""

    reason = forms.ChoiceField(label=_("原因"), widget=forms.RadioSelect, choices=_reasons)
    words = forms.CharField(label=_("发生了什么"), min_length=SHORTEST, max_length=LONGEST,
                            widget=forms.Textarea(attrs={"rows": 2}),
                            help_text=_("一句话。当地负责的人会马上看到。不要写居民的姓名和号码。"))


class Review(forms.Form):
    justified = forms.TypedChoiceField(label=_("这次查看有必要吗"), widget=forms.RadioSelect,
                                       coerce=lambda answer: answer == "yes",
                                       choices=[("yes", _("有必要")), ("no", _("没有必要"))])
    verdict = forms.CharField(label=_("理由"), min_length=SHORTEST, max_length=300,
                              widget=forms.Textarea(attrs={"rows": 2}),
                              help_text=_("一句话，查看的人也看得到。"))
