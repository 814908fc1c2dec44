"""The deeds of areas in words."""

from django.utils.translation import gettext_lazy as _

from fengchao.base.deeds import register

from .models import Overlay

register({
    "community_confirmed": _("确认筹备社区"), "division_added": _("新增区划"), "division_merged": _("合并区划"),
    "division_renamed": _("区划改名"), "grid_added": _("新增网格"), "grid_closed": _("撤销网格"),
    "grid_renamed": _("网格改名"), "overlay_added": _("新增片区"), "overlay_changed": _("重划片区"),
    "overlay_corrected": _("更正片区"),
    "overlay_ended": _("停用片区"), "register_loaded": _("载入区划"), "regridded": _("调整网格"),
    "regridding_dropped": _("放弃网格方案"), "regridding_planned": _("制定网格方案"),
    "regridding_refused": _("网格方案未能执行"), "regridding_scheduled": _("定下网格调整日期"),
    "regridding_settled": _("网格调整后归位"), "regridding_undone": _("撤销网格调整"),
    "regridding_chosen": _("选定随调整的职责"),
    "national_decided": _("选定区划去向"), "national_dropped": _("放弃区划文件"), "national_loaded": _("载入区划文件"),
    "national_moved": _("区划随方案改代码"), "national_moved_back": _("撤回区划改代码"),
    "national_taken": _("采用新区划"),
}, {
    "added": _("新增的"), "forming": _("筹备中"), "into": _("并入"), "name": _("名称"), "old": _("原名"),
    "since": _("第一天"), "opened": _("新开的网格"), "moved": _("移动的楼栋"),
    "becomes": _("改为"), "came": _("新增区划"), "codes": _("代码数"), "ended": _("停用的"), "open": _("待选定"),
    "plans": _("方案数"), "renamed": _("改名"), "renumbered": _("改代码"), "sha256": _("校验值"),
    "touched": _("与这里有关"),
}, {
    "kind": {"base_grid": _("基础网格"), "dedicated_grid": _("专属网格"), **dict(Overlay.Kind.choices)},
}, {
    "regridding": "regridded regridding_chosen regridding_dropped regridding_planned regridding_refused"
                  " regridding_scheduled regridding_undone national_moved national_moved_back",
    "national_file": "national_dropped national_loaded national_taken",
})
