"""What the office types about people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Basis, Person, Presence, Sex

FIELDS = ("name", "sex", "born", "relation", "basis", "presence", "workplace", "remark")


class PersonForm(forms.Form):
    name = forms.CharField(label=_("姓名"), max_length=60)
    sex = forms.TypedChoiceField(label=_("性别"), choices=Sex.choices, coerce=int)
    born = forms.DateField(label=_("出生日期"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    relation = forms.CharField(label=_("与户主关系"), max_length=20, required=False)
    basis = forms.ChoiceField(label=_("居住方式"), choices=Basis.choices)
    presence = forms.ChoiceField(label=_("在住情况"), choices=Presence.choices)
    phone = forms.CharField(label=_("电话"), required=False, max_length=20,
                            help_text=_("不改请留空；现在的号码不在这里显示。"))
    workplace = forms.CharField(label=_("工作单位"), max_length=120, required=False)
    remark = forms.CharField(label=_("备注"), max_length=200, required=False)

    @staticmethod
    def initial_of(person: Person) -> dict[str, Any]:
        return {name: getattr(person, name) for name in FIELDS}

    def changes(self) -> dict[str, Any]:
        """Only what differs from what stood there: nobody else's change is written over."""
        changed = {name: self.cleaned_data[name] for name in self.changed_data if name != "phone"}
        if self.cleaned_data["phone"]:
            changed["phone"] = self.cleaned_data["phone"]
        return changed


class MergeForm(forms.Form):
    gone = forms.UUIDField()
