"""A workbook that is written into the register."""

from django.utils.translation import gettext_lazy as _

from ..jobs import import_run
from .models import REGISTER
from .targets import Target, register

register(Target(
    code=REGISTER, home=("imports", _("导入名册")), job=import_run, result="people/import_register.html",
    promise=_("同一来源的名单再次导入时，会列出上次有、这次没有的人。"),
))  # fmt: skip
