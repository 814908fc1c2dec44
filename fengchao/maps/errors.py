"""Why a map file as a whole is refused, and what its maker can do about it."""

from fengchao.base.errors import Problem, register
from fengchao.base.words import gettext_lazy as _

register(
    {
        "map_empty": Problem(422, _("文件里没有内容。请检查是否选错了文件。")),
        "map_overlay": Problem(422, _("片区的边界就是它各部分的边界。请在页面上方选择社区或街道，再导入。")),
        "map_unknown": Problem(
            422, _("认不出这种文件。可以导入 GeoJSON、KML，或把 shp、shx、dbf、prj 一起压缩成的 zip。")),
        "map_damaged": Problem(422, _("文件不完整或已损坏，读不出来。请从绘图软件里重新导出后再上传。")),
        "map_bomb": Problem(422, _("文件解压后大得不正常，没有读取。请从绘图软件里重新导出后再上传。")),
        "map_entities": Problem(422, _("KML 里有不该有的 XML 定义，为安全起见不读取。请从绘图软件里重新导出。")),
        "map_too_large": Problem(413, _("文件超过 %(limit)s MB。请按社区拆成几个文件分别导入。")),
        "map_too_much": Problem(
            422, _("文件里超过 %(features)s 个面或 %(corners)s 个点。请按社区拆开，或在绘图软件里简化边界后再上传。")),
        "map_piled": Problem(
            422, _("文件里的面大片重叠在一起，没法逐个核对，没有导入。请检查是不是把几个图层或几次导出合进了一个文件，"
                   "在绘图软件里删去重复的面后再上传。")),
        "map_heavy": Problem(
            422, _("读取这个文件要用的内存或时间超出限制，已停止。请简化边界，或按社区拆成几个文件。")),
        "map_projected": Problem(
            422, _("文件写的坐标系（%(system)s）不认识。请在绘图软件里转成 CGCS2000 或 WGS-84 后重新导出，"
                   "经纬度和高斯投影都可以。")),
        "map_old_datum": Problem(
            422, _("坐标系是 %(system)s，与 CGCS2000 相差几十米到上百米，各地差得不同，公开的参数换算不准，"
                   "边界会落到隔壁网格。请用当地测绘部门的参数转成 CGCS2000 后重新导出。")),
        "map_metres": Problem(
            422, _("坐标不是经纬度，文件里又没有写是哪种投影。shp 请带上 prj 一起压缩，GeoJSON 请导出成经纬度。")),
        "map_several": Problem(422, _("压缩包里有几个图层。请一次只压缩一个图层。")),
        "map_no_dbf": Problem(
            422, _("压缩包里缺少 dbf 文件，没有名称就不知道是哪里。请把 shp、shx、dbf、prj 一起压缩。")),
        "map_no_file": Problem(422, _("请选择要导入的文件，并说明是什么、用的是哪种坐标。")),
        "map_gone": Problem(409, _("这次导入已经结束或放弃，请重新上传文件。")),
        "map_nothing": Problem(409, _("没有一个面可以导入。请按图旁的说明改好文件，再上传一次。")),
    }
)
