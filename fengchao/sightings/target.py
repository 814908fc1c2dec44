"""A workbook that is held against the register, and not written into it."""

from django.utils.translation import gettext_lazy as _

from fengchao.people.importing.targets import Target, register

from .actions.lists import SIGHTINGS
from .forms import KeepForm
from .jobs import hold_list

register(Target(
    code=SIGHTINGS, home=("sightings", _("外部核对")), job=hold_list, result="sightings/result.html", form=KeepForm,
    one_source=False,  # lists of others may have one template
    promise=_("只用来和名册核对，不写进名册。同一来源再次导入时，更新见到的日期，不重复计人。"),
))  # fmt: skip
