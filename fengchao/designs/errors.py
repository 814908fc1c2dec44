"""The refusals of grid design."""

from django.utils.translation import gettext_lazy as _

from fengchao.base.errors import Problem, register

register(
    {
        "design_no_buildings": Problem(422, _("这个社区的名册里还没有楼栋。请先导入人房名册，再来设计网格。")),
        "design_community": Problem(422, _("网格按社区设计。请先在上方选定一个社区。")),
        "design_stale": Problem(409, _("设计做好以后，有楼栋换了网格，或者有新的网格用了同样的编号。请重新设计。")),
    }
)
