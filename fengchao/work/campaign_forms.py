"""The declaration of a campaign as a form: nothing is declared without purpose, basis, area and end."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from fengchao.base import clock
from fengchao.packs import base
from fengchao.people.models import Dwelling, Premises, Presence

from .kinds import all_kinds, kind
from .models import Campaign, Form

DAYS = 3  # an offer for the deadline, which whoever declares corrects


class DeclareForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("名称"), max_length=80)
    kind_code = forms.ChoiceField(label=gettext_lazy("做什么"), widget=forms.RadioSelect)
    purpose = forms.CharField(label=gettext_lazy("目的"), max_length=200,
                              help_text=gettext_lazy("为什么要做，居民问起时就这样回答。"))
    basis = forms.CharField(label=gettext_lazy("法律依据"), max_length=200,
                            help_text=gettext_lazy("法律、法规或文件的名称和条款。"))
    states = forms.MultipleChoiceField(
        label=gettext_lazy("只走访这样的户（不选就是每一户）"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[c for c in Dwelling.State.choices if c[0] in ("unknown", "occupied", "vacant")])
    tags = forms.MultipleChoiceField(label=gettext_lazy("只走访有这些情况的户或人"), required=False,
                                     widget=forms.CheckboxSelectMultiple)
    presence = forms.MultipleChoiceField(
        label=gettext_lazy("只找这样的人"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[c for c in Presence.choices if c[0] != Presence.LEFT])
    premises = forms.MultipleChoiceField(label=gettext_lazy("只走访这些场所"), required=False,
                                         widget=forms.CheckboxSelectMultiple, choices=Premises.Kind.choices)
    form = forms.ModelChoiceField(label=gettext_lazy("问卷"), required=False, queryset=Form.objects.none(),
                                  empty_label=gettext_lazy("用这类任务自带的问卷"))
    deadline = forms.DateTimeField(label=gettext_lazy("截止时间"), widget=forms.DateTimeInput(
        attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
    expires = forms.DateField(label=gettext_lazy("资料保存至"), widget=forms.DateInput(attrs={"type": "date"}),
                              help_text=gettext_lazy("到期后，这次走访的个人资料会删除并出具证明。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = [kind.rules for kind in all_kinds()]
        self.fields["kind_code"].choices = [(r.code, f"{r.name} · {r.sentence}") for r in rules]
        self.fields["tags"].choices = [(t.code, str(t.words)) for t in base().tags.values()]
        self.fields["form"].queryset = Form.objects.order_by("title", "-version")
        deadline = clock.now().astimezone(clock.CHINA).replace(hour=20, minute=0, second=0) + timedelta(days=DAYS)
        self.initial = {"deadline": deadline, "kind_code": rules[0].code if rules else "",
                        "expires": (deadline + timedelta(days=base().retention_days)).date()} | self.initial

    def declaration(self) -> dict[str, Any]:
        """The keywords of `actions.declare`, without who and where."""
        given = self.cleaned_data
        rules = kind(given["kind_code"]).rules
        subject = rules.subject
        asked = {Campaign.Subject.DWELLING: ("states", "tags"), Campaign.Subject.PERSON: ("presence", "tags"),
                 Campaign.Subject.PREMISES: ("premises",)}[Campaign.Subject(subject)]
        where = {("kinds" if key == "premises" else key): given[key] for key in asked if given[key]}
        return {"subject": subject, "where": where, "form": given["form"] or _latest(rules.form)} | {
            key: given[key] for key in ("name", "kind_code", "purpose", "basis", "deadline", "expires")
        }


def _latest(code: str | None) -> Form | None:
    """The questionnaire a kind of task comes with, in its newest version."""
    return Form.objects.filter(code=code).order_by("-version").first() if code else None
