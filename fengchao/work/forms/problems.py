"""What is wrong with a workbook, in words: where it is, and what to do about it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from fengchao.base.errors import Problem, Refused, register

SENTENCES = {
    "begin_without_end": _("“%(name)s”这一组没有结束。请在最后一题后加一行，type 写 end_group 或 end_repeat。"),
    "calculation_missing": _("“%(name)s”是计算题，但 calculation 一列是空的。请写上算式。"),
    "choice_name": _("选项的 list_name 或 name 不对（“%(name)s”）。list_name 必填；"
                     "name 用字母、数字、下划线，最多 40 个。"),
    "choice_twice": _("选项“%(name)s”在“%(list)s”里出现了两次。请改名或删除一行。"),
    "column_unknown": _("不支持“%(column)s”这一列。请删除，或改成说明里列出的列名。"),
    "converter": _("转换时出错：%(detail)s"),
    "default_not_fixed": _("“%(name)s”的默认值引用了别的题目。默认值只能是固定内容，要计算请用 calculate。"),
    "end_without_begin": _("“%(type)s”没有对应的开始行。请删除这一行，或补上 begin_group / begin_repeat。"),
    "expression_bad": _("“%(column)s”一列的条件写法不对。请检查括号、引号和运算符。"),
    "form_id": _("form_id 不能为空，只能用字母、数字、下划线，最多 40 个。现在是“%(name)s”。"),
    "form_title": _("请在 form_title 写上表单名称，最多 120 个字。"),
    "function_unknown": _("“%(column)s”用了不支持的函数 %(function)s。请改用说明里列出的函数。"),
    "image_required": _("照片“%(name)s”不能设为必答：不强制拍照。请把 required 一列清空。"),
    "image_second": _("照片“%(name)s”是第二题照片。一次走访最多附一张照片，请删去一题。"),
    "label_missing": _("“%(name)s”没有写题目或选项的文字。请填写 label。"),
    "language_unknown": _("“%(column)s”的语言不支持。请用 label::中文 (zh) 或 label::English (en)。"),
    "list_missing": _("choices 表里没有名为“%(list)s”的选项。请补上，或改成已有的名称。"),
    "name_bad": _("题目名称“%(name)s”不对：以字母开头，只用字母、数字、下划线，最多 40 个；不能是 meta、data。"),
    "name_missing": _("这一行没有 name。请给题目起一个英文名称。"),
    "name_twice": _("题目名称“%(name)s”用了两次。请改成不同的名称。"),
    "pattern_bad": _("“%(column)s”里 regex 的格式写法不对，请检查。"),
    "pattern_slow": _("“%(column)s”里 regex 的格式太长或重复套着重复，判断起来可能没完没了。请写简单些。"),
    "reference_unknown": _("“%(column)s”引用了不存在的题目 %(name)s。请检查 ${ } 里的名称。"),
    "repeat_nested": _("重复组里不能再套重复组。请拆成两张表单。"),
    "sheet_refused": _("不支持这张工作表。请删除。"),
    "too_long": _("这一行有内容超过 %(limit)s 个字。请写短一些。"),
    "too_many_choices": _("选项超过 %(limit)s 个。请减少。"),
    "too_many_questions": _("题目超过 %(limit)s 行。上门没有人答得完，请减少。"),
    "type_known": _("不需要“%(type)s”：时间由系统记录。请删除这一行。"),
    "type_locating": _("不采集位置、轨迹、手机号和设备号（“%(type)s”）。请删除这一行。"),
    "type_missing": _("这一行没有写 type。请填写题型，或删除这一行。"),
    "type_unknown": _("不支持题型“%(type)s”。可用：text、integer、decimal、date、select_one、select_multiple、note、"
                      "image、calculate、begin_group、begin_repeat。"),
}

register({
    "form_refused": Problem(422, _("表单有 %(count)s 处需要改正，没有保存。")),
    "form_sheet_missing": Problem(422, _("工作簿里缺少“%(sheet)s”工作表。请从样例改起。")),
    "form_twice": Problem(409, _("同一张表单刚刚被别人更新过。请看看新版本，再决定是否上传。")),
    "form_same": Problem(409, _("这张表单与现有的第 %(version)s 版相同，没有保存新版本。")),
})


@dataclass(frozen=True, slots=True)
class Correction:
    sheet: str
    row: int
    sentence: str


class BadForm(Refused):
    """The workbook is outside the subset: everything to correct at once, so that it comes back once, not ten times."""

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        super().__init__("form_refused", count=len(problems))
        self.problems = problems

    @property
    def corrections(self) -> list[Correction]:
        return [Correction(p["sheet"], p["row"], str(SENTENCES[p["code"]]) % p["params"]) for p in self.problems]
