"""The refusals of the register."""

from django.utils.translation import gettext_lazy as _

from fengchao.base.errors import Problem, register

register(
    {
        "tick_people": Problem(422, _("请先在左边选中要处理的人，一次最多 %(limit)s 人。")),
        "id_exists": Problem(409, _("本社区已经登记了这个证件号码的人。请打开那个人核对，不要重复登记。")),
        "id_invalid": Problem(422, _("证件号码的校验位或出生日期不对，请对照证件重新输入。")),
        "dwelling_exists": Problem(409, _("这一户已经在名册里，请直接选择。")),
        "building_exists": Problem(409, _("这栋楼已经在名册里，请直接选择。")),
        "regrid_row": Problem(422, _("第 %(row)s 行：没有找到这栋楼，或同一栋楼写了两次。请改好这一行再上传。")),
        "premises_closed": Problem(
            409, _("这处场所已停业，不计入走访。如又开业，请在它的页面上恢复，没做完的走访会重新计入。")),
        "premises_day": Problem(422, _("停业日期不能晚于今天。")),
        "premises_where": Problem(422, _("场所登记在社区或网格里。请在页面上方选一个社区或网格。")),
        "merge_self": Problem(422, _("请选择两个不同的人合并。")),
        "merge_undone": Problem(409, _("这次合并已经撤销。")),
        "merge_of_two_places": Problem(
            403, _("这次合并的另一条记录在别的社区，您不能只撤销一半。请由街道等同时管这两处的上级撤销。")),
        "already_merged": Problem(409, _("这个人已经合并到另一条，请打开那一条。")),
    }
)
