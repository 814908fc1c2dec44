"""Tells the rows of data below a header from notes, totals, signatures and the header printed again."""

import re
from typing import Any

from fengchao.sheets.cells import is_blank, text
from fengchao.sheets.characters import plain
from fengchao.sheets.header import Header

NOTE_MARK = "※"  # begins every note that we write ourselves
_TOTAL = re.compile(
    r"(本页|本表|本楼|全部|总)?(合计|小计|总计|共计|累计)([:：].*|人数.*|户数.*|\d.*)?|共\d+[户人页].*"
)
_SIGNATURE = re.compile(
    r"(单位)?(填表|制表|填报|审核|审批|负责|经办|联系|复核|登记|采集|签字|签名|盖章)(人|日期|时间|单位|员)?"
    r"(签字|签名|盖章)?(\(.{0,6}\))?:.*"
)
_NOTES = re.compile(
    r"((填写|填表|使用)?(说明|须知|要求)|备注|注意(事项)?|注|提示|示例|样例|例)\d?[:.、].*"
    r"|.*(必填|选填|请填写|下拉选择).*|(如|例|格式):.*|例如.*"
)
_HEADS_NOTES = re.compile("(填写|填表|使用)(说明|须知|要求|示例|样例)|示例|样例|举例")
_SUSPICIOUS = frozenset("本全总合小累共单填制审负责经办联复登采签盖使说须要备注提示样例如格请必选下")


class Sorter:
    """Asked for every row of a million, so the first cell's first character decides in nearly all cases."""

    def __init__(self, header: Header) -> None:
        self.labels = [plain(names[0]) if names else "" for names in header.labels]
        self.suspicious = _SUSPICIOUS | {label[0] for label in self.labels if label}

    def reason(self, row: list[Any]) -> str | None:
        """Why a row is no record: `blank`, `header`, `note`, `total`, `signature`; None for a record."""
        lead = next((cell for cell in row if not is_blank(cell)), None)
        if lead is None:
            return "blank"
        if type(lead) is not str or lead.lstrip()[0] not in self.suspicious:
            return None
        return self._closer(plain(text(lead)), row)

    def _closer(self, lead: str, row: list[Any]) -> str | None:
        filled = sum(not is_blank(cell) for cell in row)
        if filled <= 6 and _TOTAL.fullmatch(lead):
            return "total"
        if filled <= 4 and _SIGNATURE.fullmatch(lead):
            return "signature"
        if filled <= 2 and _NOTES.fullmatch(lead):
            return "note"
        return "header" if self._repeats(row) else None

    def _repeats(self, row: list[Any]) -> bool:
        same = [plain(text(cell)) == label for cell, label in zip(row, self.labels, strict=False) if label]
        return len(same) > 1 and sum(same) > len(same) // 2


def is_notes_row(row: list[Any]) -> bool:
    """The line under a template's header that says how to fill it in, or numbers the columns."""
    filled = [plain(text(cell)) for cell in row if not is_blank(cell)]
    if len(filled) > 3 and filled == [str(number) for number in range(1, len(filled) + 1)]:
        return True
    if any(words.startswith(NOTE_MARK) or _HEADS_NOTES.fullmatch(words) for words in filled):
        return True
    like = sum(words[0] == "如" and len(words) > 1 for words in filled)  # 如3号楼; but one may live in 如意苑
    if like > 1 and like * 2 >= len(filled):
        return True
    telling = sum(_NOTES.fullmatch(words) is not None for words in filled)
    return telling >= 2 or (telling == 1 and len(filled) <= 2)
