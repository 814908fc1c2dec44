"""Aims and remarks of the engine in words a secretary understands."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .asking import Asked, counts

AIMS: dict[str, tuple[Promise, Promise]] = {
    "near": (_("改动最少"), _("换网格的住户最少")),
    "compact": (_("最紧凑"), _("边界最短，邻楼最少被隔开")),
    "even": (_("最均匀"), _("各网格的负担最接近")),
}  # fmt: skip

REMARKS = {
    "no_buildings": _("没有楼栋可分。"),
    "no_load": _("所选的各项在名册里都是 0，只好每栋楼算一份。请先导入名册，或换一项计入负担。"),
    "too_many": _("要分 %(asked)s 个网格，但不能拆开的只有 %(sets)s 份，只分出 %(sets)s 个。"),
    "too_heavy": _("“%(name)s”不能拆开，一处就有平均负担的 %(percent)s%%，单独成一个网格；其余的网格再平分。"),
    "apart": _("“%(one)s”和“%(other)s”同在一个网格，但中间走不过去。"),
    "apart_metres": _("“%(one)s”和“%(other)s”同在一个网格，但相距 %(metres)s 米，中间走不过去。"),
    "uneven": _("没有找到每个网格都在允许范围内的分法，最多相差 %(percent)s%%。"
                "可以放宽范围、换个网格数，或者让小区都可以拆。"),
    "wedged": _("“%(name)s”不拆开，就只能这样：它有平均负担的 %(percent)s%%，"
                "自己一个网格太轻，和旁边任何一处合起来又太重。"),
    "out_of_time": _("时间到了还没有找完，可能还有更好的分法。请再试一次。"),
}  # fmt: skip


MOST = 4  # remarks that anybody reads
_MANY = {"apart", "too_heavy", "wedged"}  # of which there may be one for every building


def remarks(said: list[dict[str, Any]], houses: dict[str, dict[str, Any]]) -> list[str]:
    """The first of a proposal's remarks, those about the whole before those about one place, and how many more."""
    words = [remark(one, houses) for one in sorted(said, key=lambda one: one["code"] in _MANY)[:MOST]]
    return words if len(said) <= MOST else [*words, str(_("还有 %(n)s 处也是这样。")) % {"n": len(said) - MOST}]


def remark(said: dict[str, Any], houses: dict[str, dict[str, Any]]) -> str:
    """`houses` by their ids. Several buildings that stay together are called by their compound."""
    code, values = said["code"], dict(said["values"])
    for key in ("one", "other"):
        if key in values:
            values[key] = _called(houses[values[key]])
    if "key" in values:
        house = houses[values["key"]]
        values["name"] = house["compound"] if values.get("buildings", 1) > 1 else _called(house)
    if code == "apart" and values["metres"] is not None:
        code = "apart_metres"
    return str(REMARKS[code]) % values


def _called(house: dict[str, Any]) -> str:
    return f"{house['compound']}{house['name']}"


def summary(asked: Asked) -> str:
    """What was asked for, in one line."""
    words = counts()
    parts = [str(_("%(what)s算 %(n)s")) % {"what": words[code], "n": weight} for code, weight in asked.weights
             if code in words]
    return str(_("分成 %(n)s 个网格，相差 ±%(percent)s%% 以内；%(parts)s")) % {
        "n": asked.grids, "percent": asked.tolerance, "parts": " · ".join(parts)}
