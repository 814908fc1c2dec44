"""What an administrator fills in."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from fengchao.areas.queries import names
from fengchao.base.actor import Actor

from .people_in import areas_of


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class NewUser(forms.Form):
    username = forms.CharField(label=_("用户名"), max_length=60, help_text=_("登录时用。小写字母、数字或汉字。"))
    name = forms.CharField(label=_("姓名"), max_length=40)
    unit = forms.CharField(label=_("所在单位"), max_length=80, required=False)
    phone = forms.CharField(label=_("手机号"), max_length=20, required=False,
                            widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}))
    home = forms.TypedChoiceField(label=_("账号归属"), coerce=int,
                                  help_text=_("由那里的社区书记或系统管理员管理这个账号。"))

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [area.code for area in areas_of(by) if area.code]
        known = names(codes)
        self.fields["home"].choices = [(code, known[code]) for code in codes]  # type: ignore[attr-defined]


class GiveDuty(forms.Form):
    """Place and role stand in the address; who and until when are asked."""

    user = forms.UUIDField(label=_("安排给谁"), widget=forms.RadioSelect,
                           error_messages={"required": _("请先查找并选定一个人。")})
    since = forms.DateField(label=_("从"), required=False, widget=Day, help_text=_("留空为今天。"))
    until = forms.DateField(label=_("到（含当日）"), required=False, widget=Day,
                            help_text=_("留空为长期。到期后权限自动收回，手机上的数据随之清除。"))
    building = forms.TypedChoiceField(label=_("楼栋"), coerce=UUID, required=False, empty_value=None)

    def __init__(self, *args: Any, buildings: list[tuple[UUID, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if buildings is None:
            del self.fields["building"]
        else:
            self.fields["building"].choices = [("", "—"), *buildings]  # type: ignore[attr-defined]
