"""Workbooks that are written into the register: of people, and of premises."""

from django.utils.translation import gettext_lazy as _

from .. import premises_sheet
from ..jobs import import_premises_run, import_run
from .models import PREMISES, REGISTER
from .targets import Target, register

register(Target(
    code=REGISTER, home=("imports", _("导入名册")), job=import_run, result="people/import_register.html",
    promise=_("同一来源的名单再次导入时，会列出上次有、这次没有的人。"),
))  # fmt: skip
register(Target(
    code=PREMISES, home=("premises", _("场所")), job=import_premises_run, result="people/import_premises.html",
    promise=_("按统一社会信用代码、名称和地点认出已登记的场所：有变化的更新，空着的格不改，没有写到的场所不动。"),
    columns=premises_sheet.TARGET,
))  # fmt: skip
