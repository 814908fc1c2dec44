"""What this import says about cells, rows and files, besides what `sheets` says of any workbook."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fengchao.base.errors import Problem
from fengchao.base.errors import register as register_refusals
from fengchao.sheets import wording

wording.register(
    flaws={
        "name_unreadable": _("不是姓名"),
        "names_joined": _("一格里写了几个人，而其他格里的个数对不上，分不清谁是谁。请一人一行"),
        "door_missing": _("没有写住址：请填写楼栋和房号，或完整地址"),
        "building_missing": _("没有写是哪一栋楼"),
        "address_no_door": _("地址没有写到门：请补上楼栋（或门牌号）和房号"),
        "building_ambiguous": _("本社区不止一个小区有这栋楼，请写明小区"),
        "uscc_invalid": _("统一社会信用代码校验不对，请对照执照核对每一位"),
        "staff_unreadable": _("不是人数，请只写数字"),
        "premises_ambiguous": _("登记里有不止一处同名的场所对得上，请写明楼栋、地址或统一社会信用代码"),
        "person_ambiguous": _("名册里有不止一个同名的人对得上，请补上证件号码或出生日期"),
        "id_twice": _("与第 %(row)s 行证件号码相同而姓名不同，请核对"),
    },
    remarks={
        "born_differs": _("出生日期与身份证号不一致，以身份证号为准"),
        "sex_differs": _("性别与身份证号不一致，以身份证号为准"),
        "tag_unknown": _("“%(written)s”不在关爱与重点的名目里，没有登记。请改成名目里的说法，或写在备注里"),
        "premises_closed": _("这处场所 %(day)s 已停业，没有改动。如又开业，请先在它的页面上恢复"),
        "premises_repeated": _("与第 %(row)s 行是同一处场所，不重复导入"),
        "row_repeated": _("与第 %(row)s 行是同一个人，不重复导入"),
    },
)
STEPS: dict[str, Any] = {
    "import_reading": _("正在读取"), "import_comparing": _("正在与名册比对"), "import_writing": _("正在写入"),
}  # fmt: skip
register_refusals(
    {
        "import_no_file": Problem(422, _("请先在页面上方选一个社区，再选择要上传的文件。")),
        "import_which_source": Problem(
            422, _("同样表头的名单来自几个来源：%(sources)s。请说明这一份是谁的（命令行用 --source）。")
        ),
        "import_gone": Problem(409, _("这次导入已经结束，上传的文件已删除。请重新上传。")),
    }
)
