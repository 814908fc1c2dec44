"""Why an outline is refused, in words that say what to do with it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengchao.engines.geometry import Datum, Fault

WORDS: dict[str, Any] = {
    "no_match": gettext_lazy("这个名称不属于这里的任何网格或楼栋。请改成系统里的名称或代码，或在上面换一列。"),
    "ambiguous": gettext_lazy("这个名称这里不止一处。请加上小区或社区的名称，或改用代码。"),
    "named_twice": gettext_lazy("文件里有几个面都叫这个名称。请只留一个；一处有几块地的，请合并成一个多部件的面。"),
    "no_area": gettext_lazy("这不是一个面，而是点或线，或者不完整。请画成封闭的面。"),
    "self_crossing": gettext_lazy("边线自己和自己交叉（图上的红点）。请把交叉处的点拖开，或用绘图软件的“修复几何”。"),
    "outside_china": gettext_lazy("坐标不在中国范围内。请检查单位是不是度，坐标系选得对不对。"),
    "swapped": gettext_lazy("经度和纬度的顺序反了。请在导出时把经度放在前面。"),
    "too_small": gettext_lazy("只有 %(metres)s 平方米，太小，可能是误点。请删去或重画。"),
    "too_large": gettext_lazy("有 %(metres)s 平方米，大得不像这一级的地方。请检查名称是不是对错了。"),
    "far_away": gettext_lazy("离其他地方 %(km)s 公里。请检查坐标和坐标系，或这个面是不是属于别处。"),
    "overlap": gettext_lazy("和第 %(other)s 个面重叠 %(metres)s 平方米（图上的红点）。请让两个面只共用边线。"),
    "overlap_known": gettext_lazy("和图上已有的地方重叠 %(metres)s 平方米（图上的红点）。请改边线，或一起导入那一处。"),
    "outside_grid": gettext_lazy("离它所在网格的边界 %(metres)s 米。请检查坐标系，或先把楼栋改到正确的网格。"),
}
DATUM_NAMES = {Datum.WGS84: "WGS-84", Datum.GCJ02: "GCJ-02", Datum.BD09: "BD-09"}


def sentence(fault: Fault) -> str:
    return str(WORDS[fault.code]) % {
        "other": fault.other, "metres": f"{fault.amount:,.0f}", "km": f"{fault.amount:,.0f}",
    }


def doubt(datum: Datum, stated: str) -> str:
    """What to say when a file lies better on the known map in another datum than in the one stated."""
    return _("按 %(better)s 换算，这些面和已有的边界对得更准。现在选的是 %(stated)s，请确认没有选错。") % {
        "better": DATUM_NAMES[datum], "stated": DATUM_NAMES[Datum(stated)]}
