from django.utils.translation import gettext_lazy as _

from fengchao.base.errors import Problem, register

register(
    {
        "place_unknown": Problem(404, _("没有找到“%(name)s”。请核对名称，或改用区划代码。")),
        "place_ambiguous": Problem(409, _("“%(name)s”不止一处，请选定上级后再试：%(candidates)s")),
        "place_exists": Problem(409, _("这里已经有“%(name)s”了。")),
        "place_closed": Problem(409, _("“%(name)s”已经停用。")),
        "not_a_parent": Problem(422, _("请选择同一级的两个地方合并，或选择上一级来新增。")),
        "no_number_left": Problem(409, _("这个地方的编号已经用完。")),
        "grid_in_use": Problem(409, _("“%(name)s”里还有楼栋或住户，请先把它们移到别的网格。")),
        "name_needed": Problem(422, _("请填写名称，最多 %(limit)s 个字。")),
    }
)
