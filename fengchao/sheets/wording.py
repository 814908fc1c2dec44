"""Flaws and remarks of cells in words a person can act on."""

from typing import Any

from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

FLAWS: dict[str, Any] = {
    "cell_required": _("没有填写"),
    "cell_too_long": _("内容超过 %(limit)s 个字"),
    "cell_became_date": _("Excel 把它变成了日期。请把单元格格式改为“文本”后重新填写"),
    "choice_unknown": _("“%(written)s”不认识，可以填：%(known)s"),
    "date_incomplete": _("日期不完整，请写明年、月、日"),
    "date_unreadable": _("看不出是哪一天，请写成 1990-01-31 这样"),
    "date_impossible": _("没有这一天"),
    "date_out_of_range": _("日期 %(date)s 不合理"),
    "id_rounded": _("证件号码已被 Excel 改成近似数，后几位已丢失。请先把该列格式改为“文本”，再按证件重新填写"),
    "id_checksum": _("身份证号校验不对，请对照证件核对每一位"),
    "id_birth_date": _("身份证号里的出生日期不对"),
    "id_length": _("证件号码是 %(length)s 位，身份证号应为 18 位"),
    "id_unreadable": _("证件号码里有不该有的字符"),
    "phone_unreadable": _("不是有效的电话号码"),
    "phone_rounded": _("电话号码已被 Excel 改成近似数。请重新填写，并先把该列格式改为“文本”"),
}

REMARKS: dict[str, Any] = {
    "id_county_unknown": _("身份证号开头的地区代码 %(county)s 查不到，可能是已撤销的县，照常导入"),
    "id_15_digits": _("15 位旧身份证号，已换算成 18 位"),
    "id_kind_guessed": _("不是身份证号，按其他证件导入，请核对"),
    "phone_several": _("单元格里有 %(count)s 个电话：登记第 %(kept)s 个（手机优先），其余 %(left)s 个没有登记"),
    "choice_other": _("“%(written)s”按“其他”导入"),
}


def register(*, flaws: dict[str, Any] | None = None, remarks: dict[str, Any] | None = None) -> None:
    """Adds the words of an app's own columns."""
    FLAWS.update(flaws or {})
    REMARKS.update(remarks or {})


def sentence(code: str, params: dict[str, Any]) -> str:
    words = FLAWS.get(code) or REMARKS.get(code)
    return str(words) % params if words is not None else translate("不能导入（%s）") % code
