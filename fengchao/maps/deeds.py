"""The deeds of maps in words."""

from django.utils.translation import gettext_lazy as _

from fengchao.base.deeds import register

from .models import MapImport

register({
    "map_upload": _("上传边界文件"), "map_import": _("导入边界"), "map_drop": _("放弃边界文件"),
    "map_forget": _("清除未确认的边界文件"), "map_shifted": _("边界随区划调整"),
}, {
    "datum": _("坐标"), "features": _("图形数"), "files": _("文件数"),
}, {
    "what": dict(MapImport.What.choices), "datum": dict(MapImport.Datum.choices),
}, {"map_import": "map_upload map_import map_drop"})
