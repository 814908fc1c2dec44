"""The declaration of a campaign as a form: nothing is declared without purpose, basis, area and end."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fengchao.base import clock
from fengchao.base.errors import Refused
from fengchao.packs import KindRules, base_pack, tags
from fengchao.people.models import Building, Dwelling, Premises, Presence
from fengchao.sightings.models import Source

from .actions.campaigns import MASKED, require_end
from .kinds import kind
from .models import Campaign, Form

DAYS = 3  # an offer for the deadline, which whoever declares corrects
CONDITIONS = {
    Campaign.Subject.DWELLING: ("states", "tags", "unconfirmed_days", "buildings"),
    Campaign.Subject.PERSON: ("presence", "age_from", "age_to", "hukou", "tags", "unconfirmed_days", "buildings"),
    Campaign.Subject.PREMISES: ("kinds", "buildings"),
    Campaign.Subject.SIGHTING: ("sources", "door"),
}
ASKED = {name for names in CONDITIONS.values() for name in names}
OLD = (30, 90, 180, 365)  # days
OLDEST = 130  # years


class DeclareForm(forms.Form):
    """What is asked depends on the kind: conditions on doors for a visit of doors, on people for a check of people."""

    name = forms.CharField(label=_("名称"), max_length=80)
    purpose = forms.CharField(label=_("目的"), max_length=200, help_text=_("为什么要做，居民问起时就这样回答。"))
    basis = forms.CharField(label=_("法律依据"), max_length=200, help_text=_("法律、法规或文件的名称和条款。"))
    states = forms.MultipleChoiceField(
        label=_("只走访这样的户（不选就是每一户）"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[c for c in Dwelling.State.choices if c[0] in ("unknown", "occupied", "vacant")])
    presence = forms.MultipleChoiceField(
        label=_("只找这样的人（不选就是每一人）"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[c for c in Presence.choices if c[0] != Presence.LEFT])
    age_from = forms.IntegerField(label=_("只限满这个岁数的"), required=False, min_value=0, max_value=OLDEST)
    age_to = forms.IntegerField(label=_("只限不超过这个岁数的"), required=False, min_value=0, max_value=OLDEST)
    hukou = forms.CharField(label=_("只限户籍地址里有这几个字的"), required=False, max_length=20,
                            help_text=_("例如“湖北”。名册里没有写户籍地址的人不会算进来。"))
    tags = forms.MultipleChoiceField(label=_("只限有这些情况的"), required=False, widget=forms.CheckboxSelectMultiple)
    unconfirmed_days = forms.TypedChoiceField(
        label=_("只限很久没有核实的"), required=False, coerce=int, empty_value=None)
    kinds = forms.MultipleChoiceField(label=_("只走访这些场所（不选就是每一家）"), required=False,
                                      widget=forms.CheckboxSelectMultiple, choices=Premises.Kind.choices)
    buildings = forms.MultipleChoiceField(label=_("只限这些楼（不选就是每一栋）"), required=False,
                                          widget=forms.CheckboxSelectMultiple)
    sources = forms.MultipleChoiceField(label=_("只限这些来源的（不选就是每一个来源）"), required=False,
                                        widget=forms.CheckboxSelectMultiple)
    door = forms.ChoiceField(label=_("只限这样的住处"), required=False, choices=[
        ("", _("不限")), ("known", _("住处清楚")), ("unknown", _("住处不明"))])
    form = forms.ModelChoiceField(label=_("用的问卷"), required=False, queryset=Form.objects.none(),
                                  empty_label=_("不用问卷"))
    deadline = forms.DateTimeField(label=_("截止时间"), widget=forms.DateTimeInput(
        attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
    expires = forms.DateField(label=_("资料保存至"), help_text=_("到期后，这次走访的个人资料会删除并出具证明。"),
                              widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, data: Any, rules: KindRules, buildings: Sequence[Building] = (), sources: Sequence[Source] = (),
                 offered: Mapping[str, Any] = MappingProxyType({})) -> None:
        """`offered`: what a list was narrowed by that shall be handed out."""
        super().__init__(data, initial=_offer(rules) | dict(offered))
        self.rules = rules
        asked = CONDITIONS[Campaign.Subject(rules.subject)]
        self.asked = [name for name in asked if name != "buildings" or buildings]
        for name in ASKED.difference(self.asked):
            del self.fields[name]
        if "buildings" in self.fields:
            _field(self, "buildings").choices = [(str(b.id), str(b)) for b in buildings]
        if "sources" in self.fields:
            _field(self, "sources").choices = [(str(s.id), s.name) for s in sources]
        if "tags" in self.fields:
            _field(self, "tags").choices = [(t.code, str(t.words)) for t in tags().values()]
        if "unconfirmed_days" in self.fields:
            _field(self, "unconfirmed_days").choices = [("", gettext("不限")), *(
                (days, gettext("超过 %(days)s 天没有核实") % {"days": days}) for days in OLD)]
        _field(self, "form").queryset = Form.objects.order_by("title", "-version")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        youngest, oldest = given.get("age_from"), given.get("age_to")
        if youngest is not None and oldest is not None and youngest > oldest:
            self.add_error("age_to", gettext("不能小于前面的年龄。"))
        if "deadline" in given and "expires" in given:
            try:
                require_end(given["deadline"], given["expires"])
            except Refused as refused:
                self.add_error("expires" if refused.code == "expires_far" else "deadline", refused.message)
        return given

    def conditions(self) -> Iterator[tuple[str, str]]:
        """What was asked for, in words: whoever declares sees whom it is about before it is."""
        for name in self.asked:
            field, given = _field(self, name), self.cleaned_data.get(name)
            if given not in (None, "", []):
                words = {str(code): str(said) for code, said in getattr(field, "choices", ())}
                chosen = given if isinstance(given, list) else [given]
                yield str(field.label), " · ".join(words.get(str(one), str(one)) for one in chosen)
        if self.rules.subject == Campaign.Subject.SIGHTING:
            yield gettext("不重复交办"), gettext("已在另一次进行中的核实里的人，不再算进来。")

    def _where(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in self.asked}
        youngest, oldest = given.pop("age_from", None), given.pop("age_to", None)
        if (youngest, oldest) != (None, None):
            given["ages"] = [youngest or 0, OLDEST if oldest is None else oldest]
        if self.rules.subject == Campaign.Subject.SIGHTING:
            given["unasked"] = True
        return {name: value for name, value in given.items() if value}

    def declaration(self) -> dict[str, Any]:
        """The keywords of `actions.declare`, without who and where."""
        given = self.cleaned_data
        return {
            "kind_code": self.rules.code,
            "subject": self.rules.subject,
            "where": self.rules.where | self._where(),
        } | {name: given[name] for name in ("name", "purpose", "basis", "form", "deadline", "expires")}


def conditions_of(campaign: Campaign) -> Iterator[tuple[str, str]]:
    """What a campaign was narrowed to, in the words of its declaration; not what the register masks, as more people
    look at it afterwards than declared it."""
    given = {name: value for name, value in campaign.where.items() if name not in MASKED}
    youngest, oldest = given.pop("ages", (0, OLDEST))
    given |= {"age_from": youngest or None, "age_to": None if oldest == OLDEST else oldest}
    buildings = list(Building.objects.filter(id__in=given.get("buildings", [])))
    form = DeclareForm(given, kind(campaign.kind).rules, buildings)
    form.full_clean()
    yield from form.conditions()
    yield from ((str(_field(form, name).label), "****") for name in MASKED if name in campaign.where)


def _field(form: forms.Form, name: str) -> Any:
    return form.fields[name]


def _offer(rules: KindRules) -> dict[str, Any]:
    evening = clock.now().astimezone(clock.CHINA).replace(hour=20, minute=0, second=0, microsecond=0)
    deadline = evening + timedelta(days=DAYS)
    return {"name": str(rules.name), "deadline": deadline, "form": _latest(rules.form),
            "expires": (deadline + timedelta(days=base_pack().retention_days)).date()}


def _latest(code: str | None) -> Form | None:
    """The questionnaire a kind of task comes with, in its newest version."""
    return Form.objects.filter(code=code).order_by("-version").first() if code else None
