"""The deeds of people in words."""

from django.utils.translation import gettext_lazy as _

from fengchao.base.deeds import register
from fengchao.packs import tags

from .models import Person, Premises, Presence

register({
    "add_building": _("登记楼栋"), "add_dwelling": _("登记户室"), "add_person": _("登记人员"),
    "add_premises": _("登记场所"), "add_tag": _("添加关爱标签"), "change_premises": _("修改场所"),
    "close_premises": _("场所停业"), "end_tag": _("结束关爱标签"),
    "export_premises": _("导出场所"), "export_register": _("导出名册"), "import_drop": _("放弃导入"),
    "import_people": _("导入名册"), "import_person": _("导入人员"), "import_premises": _("导入场所"),
    "import_upload": _("上传名册"), "merge_people": _("合并人员"), "move_out": _("人员搬出"),
    "move_person": _("人员搬家"), "reopen_premises": _("场所恢复营业"), "set_presence": _("更改在住情况"),
    "undo_merge": _("撤销合并"), "update_person": _("修改人员"),
}, {
    "created": _("新增的"), "disappeared": _("这次没有的人"), "fields": _("改了哪些项"), "kept": _("合并到的编号"),
    "presence": _("在住情况"), "source": _("来源"), "updated": _("更新"), "was": _("原来"),
}, {
    "presence": dict(Presence.choices),
    "fields": {field.name: field.verbose_name for model in (Premises, Person) for field in model._meta.fields} | {
        "building": _("楼栋"), "grid": _("网格"), "phone_sealed": _("电话")},
    "code": {code: tag.words for code, tag in tags().items()},
}, {
    "person": "add_person add_tag end_tag import_person merge_people move_out move_person set_presence undo_merge "
              "update_person",
    "building": "add_building", "household": "add_dwelling",
    "premises_one": "add_premises change_premises close_premises reopen_premises",
    "import_run": "import_drop import_people import_upload",
})
