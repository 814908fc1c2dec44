"""A small list of columns for the tests of this folder, which knows no person."""

from fengchao.sheets.columns import ChoiceColumn, Column, PhoneColumn, TextColumn


class Name(TextColumn):
    identifier, title, synonyms = "name", "姓名", ("姓名", "名字")
    required, prose = True, False


class Phone(PhoneColumn):
    identifier, title, synonyms = "phone", "电话", ("电话", "联系电话", "手机号")
    note = "11 位手机号"


class Building(TextColumn):
    identifier, title, synonyms, household = "building", "楼栋", ("楼栋", "楼号"), True


class Entrance(TextColumn):
    identifier, title, synonyms, household = "entrance", "单元", ("单元",), True


class Room(TextColumn):
    identifier, title, synonyms, household = "room", "房号", ("房号", "室"), True


class Relation(ChoiceColumn):
    identifier, title, synonyms = "relation", "与户主关系", ("与户主关系", "关系")
    choices = {"户主": ("本人",), "配偶": ("妻子", "丈夫"), "子女": ("儿子", "女儿")}

    def begins_household(self, cell: object) -> bool:
        return cell in ("户主", "本人")


class HeadName(TextColumn):
    identifier, title, synonyms = "head", "户主姓名", ("户主姓名",)


def columns() -> list[Column]:
    return [Building(), Entrance(), Room(), HeadName(), Name(), Phone(), Relation()]
