"""What the office types about people and premises."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fengchao.areas.queries import grids
from fengchao.base.places import Area, community_of
from fengchao.sheets.cells import Flaw, Remark
from fengchao.sheets.wording import sentence

from . import premises_sheet
from .models import Basis, Building, Person, Premises, Presence, Sex

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


class PremisesForm(forms.Form):
    """Where it is: a building, else the grid."""

    name = forms.CharField(label=_("名称"), max_length=120)
    kind = forms.ChoiceField(label=_("类型"), choices=Premises.Kind)
    building = forms.ModelChoiceField(Building.objects.none(), label=_("在哪一栋楼"), required=False,
                                      empty_label=_("不在楼里，或楼栋还没有登记"))  # fmt: skip
    grid = forms.TypedChoiceField(label=_("网格"), coerce=int, required=False, empty_value=None,
                                  help_text=_("选了楼栋就不用选网格。"))  # fmt: skip
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    contact = forms.CharField(label=_("联系人"), max_length=60, required=False)
    phone = forms.CharField(label=_("联系电话"), max_length=20, required=False)
    uscc = forms.CharField(label=_("统一社会信用代码"), max_length=18, required=False)
    staff = forms.IntegerField(label=_("人数"), min_value=0, max_value=999_999, required=False)

    def __init__(self, *given: Any, area: Area, **named: Any) -> None:
        super().__init__(*given, **named)
        inside = Building.objects.filter(grid__gte=area.lo, grid__lt=area.hi).order_by("grid", "seq", "name")
        self.fields["building"].queryset = inside  # type: ignore[attr-defined]
        here = list(grids(area).values_list("code", "name"))
        alone = here if len(here) == 1 else [("", _("请选择")), *here]
        self.fields["grid"].choices = alone  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        return self._read(premises_sheet.Phone(), "phone")

    def clean_uscc(self) -> str:
        return self._read(premises_sheet.Code(), "uscc")

    def _read(self, column: Any, name: str) -> str:
        """A cell of a workbook and a field of this form are read alike."""
        found = column.read(self.cleaned_data[name])
        if isinstance(found, Flaw):
            raise forms.ValidationError(sentence(found.code, found.params))
        return (found.value if isinstance(found, Remark) else found) or ""

    def clean(self) -> None:
        if not self.cleaned_data.get("building") and not self.cleaned_data.get("grid"):
            self.add_error("grid", _("请选择楼栋，或选择网格。"))

    def fields_of(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        building = said["building"]
        return said | {"grid": building.grid if building else said["grid"], "staff": said["staff"] or 0}


class PremisesChange(PremisesForm):
    """What stands there now, in the fields; of the phone nothing, which is not shown here."""

    def __init__(self, *given: Any, one: Premises, **named: Any) -> None:
        now = {name: getattr(one, name) for name in ("name", "kind", "address", "contact", "uscc", "staff")}
        now |= {"building": one.building_id} if one.building_id else {"grid": one.grid}
        super().__init__(*given, area=Area.of(community_of(one.grid)), initial=now, **named)
        self.one = one
        self.fields["phone"].help_text = _("不改请留空；现在的号码不在这里显示。")

    def changes(self) -> dict[str, Any]:
        """Only what differs from what stands there."""
        said = self.fields_of()
        phone = said.pop("phone")
        changed = {name: value for name, value in said.items() if value != getattr(self.one, name)}
        return changed | ({"phone": phone} if phone else {})


class MergeForm(forms.Form):
    gone = forms.UUIDField()
