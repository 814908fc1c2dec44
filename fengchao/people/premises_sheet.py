"""The columns of premises as workbooks know them. Every row stands for itself: no blank cell means the row above.

Imported by the guarded process that reads uploads, so nothing here may need Django's settings or models.
"""

from typing import Any

from stdnum.cn import uscc

from fengchao.base.words import gettext_lazy as _
from fengchao.people import sheet
from fengchao.sheets.cells import Flaw, text
from fengchao.sheets.columns import Column, TextColumn

TARGET = "fengchao.people.premises_sheet:columns"


class Name(TextColumn):
    identifier, title, longest, required, width = "name", _("名称"), 120, True, 28
    synonyms = (
        "名称", "场所名称", "单位名称", "企业名称", "店铺名称", "商铺名称", "门店名称", "店名", "字号", "商户名称",
        "酒店名称", "学校名称", "工地名称", "公司名称", "招牌名称", "经营户名称", "Name",
    )  # fmt: skip
    note = _("必填")


class Kind(sheet.CodedColumn):
    identifier, title, width = "kind", _("类型"), 12
    synonyms = ("类型", "场所类型", "类别", "场所类别", "单位类型", "性质", "行业", "行业类型", "经营类型", "Kind")
    otherwise = "其他"
    choices = {
        "商铺": ("商店", "店铺", "门店", "超市", "便利店", "餐馆", "餐饮", "饭店", "药店", "商户", "沿街商铺", "shop"),
        "三小场所": ("小场所", "小档口", "小作坊", "小娱乐场所", "九小场所", "作坊", "small premises"),
        "酒店旅馆": ("酒店", "宾馆", "旅馆", "旅店", "民宿", "客栈", "招待所", "出租屋", "hotel"),
        "企业": ("公司", "工厂", "厂", "厂房", "仓库", "enterprise"),
        "学校": ("幼儿园", "小学", "中学", "托育机构", "培训机构", "school"), "工地": ("建筑工地", "site"),
        "其他": ("other",),
    }  # fmt: skip
    codes = {"商铺": "shop", "三小场所": "small_premises", "酒店旅馆": "hotel", "企业": "enterprise", "学校": "school",
             "工地": "site", "其他": "other"}
    note = _("商铺、三小场所、酒店旅馆、企业、学校、工地、其他")


class Code(Column):
    identifier, title, width = "uscc", _("统一社会信用代码"), 24
    synonyms = ("统一社会信用代码", "社会信用代码", "信用代码", "统一信用代码", "营业执照号", "Credit code")
    note = _("18 位，可不填")

    def clean(self, cell: Any) -> str | Flaw:
        code = uscc.compact(text(cell)).upper()
        return code if uscc.is_valid(code) else Flaw("uscc_invalid")


class Contact(TextColumn):
    identifier, title, longest = "contact", _("联系人"), 60
    synonyms = (
        "联系人", "负责人", "负责人姓名", "法人", "法定代表人", "经营者", "经营者姓名", "店主", "老板", "Contact",
    )  # fmt: skip


class Phone(sheet.Phone):
    synonyms = (*sheet.Phone.synonyms, "负责人电话", "联系人电话", "法人电话", "经营者电话", "负责人联系电话")


class Staff(Column):
    identifier, title, width = "staff", _("人数"), 8
    synonyms = ("人数", "从业人数", "员工人数", "职工人数", "从业人员数", "Staff")

    def clean(self, cell: Any) -> int | Flaw:
        said = text(cell).removesuffix("人").strip()
        return int(said) if said.isdecimal() and len(said) < 7 else Flaw("staff_unreadable")


class Address(sheet.Address):
    synonyms = (*sheet.Address.synonyms, "经营地址", "经营场所", "注册地址", "场所地址", "门店地址", "单位地址")
    note = _("楼栋已分列时可不填")


COLUMNS: tuple[type[Column], ...] = (
    sheet.Grid, Name, Kind, sheet.Compound, sheet.Road, sheet.HouseNumber, sheet.BuildingName, Address, Contact, Phone,
    Code, Staff,
)  # fmt: skip


def columns() -> list[Column]:
    made = [column() for column in COLUMNS]
    for column in made:
        column.household = False
    return made
