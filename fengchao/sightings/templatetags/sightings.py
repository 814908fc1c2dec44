"""Estimates and hints in words."""

from django import template
from django.utils.translation import gettext_lazy as _

from fengchao.sightings.wording import ASSUMPTIONS, METHODS, WHY

register = template.Library()

HINTS = {
    "left": _("登记为已搬离"), "id": _("证件号码相同"), "phone": _("电话相同"), "pinyin": _("同住处、姓名拼音相同"),
}  # fmt: skip


@register.filter
def method_words(code: str) -> str:
    return str(METHODS.get(code, code))


@register.filter
def assumption_words(code: str) -> str:
    return str(ASSUMPTIONS.get(code, code))


@register.filter
def why_words(code: str) -> str:
    return str(WHY.get(code, code))


@register.filter
def hint_words(code: str) -> str:
    return str(HINTS.get(code, code))
