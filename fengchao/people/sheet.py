"""The columns of the register as workbooks know them: one class each, in the order of an export.

Imported by the guarded process that reads uploads, so nothing here may need Django's settings or models.
"""

import re
from datetime import date
from typing import Any, ClassVar

from fengchao import packs
from fengchao.base import clock
from fengchao.base.words import gettext_lazy as _
from fengchao.sheets.cells import NOTHING, Flaw, Remark, became_a_date, is_blank, text
from fengchao.sheets.characters import plain
from fengchao.sheets.columns import ChoiceColumn, Column, PhoneColumn, TextColumn
from fengchao.sheets.dates import read_date
from fengchao.sheets.households import JOINED
from fengchao.sheets.ids import digits_of

EARLIEST = 1880
_BETWEEN = re.compile(r"\s*[、,，;；/|+\n]\s*")


class PlaceColumn(TextColumn):
    """A part of a door. A spreadsheet likes to take 3-2 for the second of March."""

    household, few, longest = True, True, 60

    def clean(self, cell: Any) -> str | Flaw:
        return Flaw("cell_became_date") if became_a_date(cell) else super().clean(cell)


class Grid(PlaceColumn):
    identifier, title, width = "grid", _("网格"), 18
    synonyms = ("网格", "网格编号", "网格号", "所属网格", "网格代码", "网格编码", "Grid")
    note = _("15 位网格代码，可不填")


class Compound(PlaceColumn):
    identifier, title = "compound", _("小区")
    synonyms = ("小区", "小区名称", "所在小区", "楼盘", "院落", "自然村", "村", "小区/村", "Compound")


class Road(PlaceColumn):
    identifier, title = "road", _("道路")
    synonyms = ("道路", "街路巷", "路名", "街巷", "街路", "Road")


class HouseNumber(PlaceColumn):
    identifier, title = "house_number", _("门牌")
    synonyms = ("门牌", "门牌号码", "路门牌", "House number")


class BuildingName(PlaceColumn):
    identifier, title = "building", _("楼栋")
    synonyms = ("楼栋", "楼栋号", "楼号", "栋", "栋号", "幢", "幢号", "楼", "座", "楼幢", "楼宇", "Building")
    note = _("如 3号楼")


class Entrance(PlaceColumn):
    identifier, title, width = "entrance", _("单元"), 8
    synonyms = ("单元", "单元号", "门洞", "梯", "Entrance")


class Floor(PlaceColumn):
    identifier, title, width = "floor", _("楼层"), 8
    synonyms = ("楼层", "层", "所在楼层", "Floor")


class Room(PlaceColumn):
    identifier, title, width = "room", _("房号"), 10
    few = False
    synonyms = ("房号", "房间号", "室", "室号", "户室", "房间", "房屋编号", "门号", "门牌号", "Room")
    note = _("如 502")


class Address(PlaceColumn):
    identifier, title, width = "address", _("地址"), 40
    few, longest = False, 200
    synonyms: ClassVar[tuple[str, ...]] = (
        "地址", "住址", "现住址", "现居住地址", "居住地址", "家庭住址", "家庭地址", "详细地址", "现住地址", "居住地",
        "现居住地", "常住地址", "居住详址", "现住地详址", "住所", "具体地址", "居住地详细地址", "Address",
    )  # fmt: skip
    note = _("楼栋、单元、房号已分列时可不填")


class HouseholdNumber(PlaceColumn):
    identifier, title, width, longest = "household_number", _("户号"), 8, 30
    synonyms = ("户号", "户编号", "家庭编号", "户籍编号", "Household")


class Name(TextColumn):
    identifier, title, longest, required, prose = "name", _("姓名"), 60, True, False
    synonyms = ("姓名", "名字", "人员姓名", "居民姓名", "住户姓名", "成员姓名", "家庭成员姓名", "家庭成员", "Name")
    note = _("必填")

    def clean(self, cell: Any) -> str | Flaw:
        name = text(cell)
        if not name.isalpha() and JOINED.search(str(cell)):
            return Flaw("names_joined")
        if not name.isascii():
            name = name.replace("•", "·").replace("・", "·").replace("．", "·")
            if " " in name:
                name = "".join(name.split())
        if name.isdigit():
            return Flaw("name_unreadable")
        return name if len(name) <= self.longest else Flaw("cell_too_long", {"limit": self.longest})


class CodedColumn(ChoiceColumn):
    """The workbook has words, the register keeps codes."""

    codes: ClassVar[dict[str, Any]]

    def clean(self, cell: Any) -> Any:
        value = super().clean(cell)
        return self.codes[value] if type(value) is str else value


class SexColumn(CodedColumn):
    identifier, title, width = "sex", _("性别"), 6
    synonyms = ("性别", "Sex", "Gender")
    choices = {"男": ("男性", "1", "m", "male"), "女": ("女性", "2", "f", "female")}
    codes = {"男": 1, "女": 2}


class Born(Column):
    identifier, title, few, unique = "born", _("出生日期"), True, True
    synonyms = ("出生日期", "出生年月日", "生日", "出生年月", "出生时间", "出生", "Born", "Birth date")
    note = _("如 1985-03-07")

    def __init__(self) -> None:
        self.latest = clock.today()

    def clean(self, cell: Any) -> date | Flaw:
        return read_date(cell, earliest=EARLIEST, latest=self.latest)


class IdKindColumn(CodedColumn):
    identifier, title, width = "id_kind", _("证件类型"), 16
    synonyms = ("证件类型", "证件类别", "证件种类", "证件名称", "ID kind")
    choices = {
        "居民身份证": ("身份证", "二代身份证", "户口簿", "户口本", "临时身份证"),
        "港澳台居民居住证": ("港澳居民居住证", "台湾居民居住证"),
        "港澳台通行证": ("港澳居民来往内地通行证", "台湾居民来往大陆通行证", "通行证", "回乡证", "台胞证"),
        "护照": ("外国护照", "中国护照"),
        "外国人永久居留身份证": ("外国人永久居留证", "永久居留证"),
        "其他证件": ("其他", "军官证", "士兵证", "出生医学证明", "出生证"),
        "无证件": ("未办理", "无证"),
    }  # fmt: skip
    codes = {
        "居民身份证": "ric", "港澳台居民居住证": "residence_permit", "港澳台通行证": "travel_permit",
        "护照": "passport", "外国人永久居留身份证": "foreigner", "其他证件": "other", "无证件": "none",
    }  # fmt: skip


class IdNumber(Column):
    """The digits as written; which document they are is decided together with the kind."""

    identifier, title, width, unique = "id_number", _("证件号码"), 22, True
    synonyms = (
        "证件号码", "身份证号", "身份证号码", "公民身份号码", "居民身份证号", "居民身份证号码", "身份证", "身份号码",
        "证件号", "公民身份证号", "公民身份证号码", "居民身份证", "身份证件号码", "有效证件号码", "ID number",
    )  # fmt: skip
    note = _("18 位，单元格设为文本")
    NONE = frozenset(("未办理", "没有", "无证", "未上户", "未登记", "暂缺", "无身份证", "未办", "新生儿"))

    def clean(self, cell: Any) -> str | None | Flaw:
        if type(cell) is str and ("***" in cell or cell.strip() in self.NONE):
            return None  # masked by us on the way out, or said not to exist
        return digits_of(cell)


class Phone(PhoneColumn):
    identifier, title = "phone", _("联系电话")
    synonyms: ClassVar[tuple[str, ...]] = (
        "联系电话", "电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "移动电话", "本人电话", "联系手机",
        "本人手机号", "联系电话号码", "Phone",
    )  # fmt: skip
    note = _("11 位手机号")

    def clean(self, cell: Any) -> Any:
        return None if type(cell) is str and "***" in cell else super().clean(cell)


class Relation(ChoiceColumn):
    identifier, title, width = "relation", _("与户主关系"), 12
    synonyms = ("与户主关系", "与户主的关系", "户主关系", "家庭关系", "关系", "与房主关系", "称谓", "Relation")
    choices = {
        "户主": ("本人", "户主本人", "房主", "业主本人"), "配偶": ("爱人", "夫妻"), "丈夫": ("夫", "老公"),
        "妻子": ("妻", "老婆"), "儿子": ("子", "长子", "次子", "三子", "独生子", "之子"),
        "女儿": ("女", "长女", "次女", "三女", "独生女", "之女"), "子女": ("孩子", "小孩"), "父亲": ("父", "爸爸"),
        "母亲": ("母", "妈妈"), "父母": (), "岳父": (), "岳母": (), "公公": (), "婆婆": (), "儿媳": ("媳妇", "儿媳妇"),
        "女婿": (), "孙子": (), "孙女": (), "外孙": ("外孙子",), "外孙女": (), "祖父": ("爷爷",), "祖母": ("奶奶",),
        "外祖父": ("外公", "姥爷"), "外祖母": ("外婆", "姥姥"), "兄弟": ("哥哥", "弟弟", "兄", "弟"),
        "姐妹": ("姐姐", "妹妹", "姐", "妹"), "亲属": ("亲戚", "其他亲属"), "合租": ("室友",), "同住": ("同住人",),
        "寄住": (), "保姆": ("护工",), "租户": ("租客", "承租人"), "其他": ("非亲属",),
    }  # fmt: skip

    def clean(self, cell: Any) -> str | Flaw:
        """A word nobody foresaw is kept as written: it is only shown."""
        written = text(cell)
        return self._known.get(plain(written)) or (
            written if len(written) <= 20 else Flaw("cell_too_long", {"limit": 20})
        )

    def begins_household(self, cell: Any) -> bool:
        return not is_blank(cell) and self.clean(cell) == "户主"


class BasisColumn(CodedColumn):
    identifier, title, width = "basis", _("居住方式"), 10
    synonyms = ("居住方式", "居住类型", "房屋性质", "居住性质", "住房性质", "房屋类型", "居住情况", "人员类别", "Basis")
    choices = {
        "自住": ("自有", "业主", "产权人", "自有住房", "自购", "房主", "户主自住", "常住", "owner"),
        "租住": ("租户", "出租", "租赁", "租客", "承租", "租房", "出租房", "租借", "tenant"),
        "寄住": ("借住", "借宿", "投靠", "lodger"),
    }
    codes = {"自住": "owner", "租住": "tenant", "寄住": "lodger"}


class PresenceColumn(CodedColumn):
    identifier, title, width = "presence", _("在住情况"), 10
    synonyms = ("在住情况", "在家情况", "是否在家", "是否在住", "居住状态", "在位情况", "目前状态", "Presence")
    choices = {
        "在家": ("在住", "在", "是", "present"), "外出未归": ("外出", "不在家", "未返回", "不在", "否", "away"),
        "已返回": ("返回", "已回", "returned"), "已搬离": ("搬离", "已搬走", "搬走", "已迁出", "left"),
    }  # fmt: skip
    codes = {"在家": "present", "外出未归": "away", "已返回": "returned", "已搬离": "left"}


class Workplace(TextColumn):
    identifier, title, longest, width = "workplace", _("工作单位"), 120, 24
    synonyms = ("工作单位", "单位", "工作单位名称", "就业单位", "工作（学习）单位", "就读学校", "Workplace")


class Hukou(TextColumn):
    identifier, title, longest, width = "hukou", _("户籍地址"), 200, 30
    synonyms = ("户籍地址", "户籍地", "户籍所在地", "户口所在地", "户籍", "籍贯", "户籍详址", "户籍地详址", "Hukou")


class Tags(Column):
    """Reasons for care and priority groups, several in a cell, as codes. An unknown word is remarked, not stored."""

    identifier, title, width, few, prose = "tags", _("关爱与重点"), 20, True, True
    synonyms = (
        "关爱与重点", "关爱标签", "人员标签", "标签", "重点人群", "重点人群类型", "特殊人群", "特殊人群类型",
        "特殊群体", "关爱对象", "关爱对象类型", "困难类型", "困难类别", "特殊情况", "Care and priority", "Tags",
    )  # fmt: skip
    note = _("如 独居老人、残疾人")
    NONE = NOTHING | {"否", "正常", "一般", "普通", "普通居民", "没有"}

    def __init__(self) -> None:
        self._known = {
            plain(word): tag.code for tag in packs.tags().values()
            for word in (tag.code, tag.words.zh, tag.words.en, *tag.also)
        }  # fmt: skip

    def clean(self, cell: Any) -> list[str] | None | Remark:
        written = text(cell)
        whole = self._known.get(plain(written))  # Old, lives alone: a comma inside one reason
        said = [written] if whole else [word for word in _BETWEEN.split(written) if word.lower() not in self.NONE]
        found = {code for word in said if (code := self._known.get(plain(word)))}
        unknown = [word[:20] for word in said if plain(word) not in self._known]
        codes = sorted(found) or None
        return Remark(codes, "tag_unknown", {"written": "、".join(unknown[:5])}) if unknown else codes


class RemarkColumn(TextColumn):
    identifier, title, longest, width = "remark", _("备注"), 200, 24
    synonyms = ("备注", "说明", "备注信息", "其他", "Remark")


COLUMNS: tuple[type[Column], ...] = (
    Grid, Compound, Road, HouseNumber, BuildingName, Entrance, Floor, Room, Address, HouseholdNumber,
    Name, SexColumn, Born, IdKindColumn, IdNumber, Phone, Relation, BasisColumn, PresenceColumn,
    Workplace, Hukou, Tags, RemarkColumn,
)  # fmt: skip
TARGET = "fengchao.people.sheet:columns"  # how the guarded process finds them


def columns() -> list[Column]:
    return [column() for column in COLUMNS]
