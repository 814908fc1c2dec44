"""Every refusal has a code, an HTTP status and one sentence that says what to do.

The catalogue is the only place where these sentences live. An app adds its own with `register`.
"""

from dataclasses import dataclass
from typing import Any

from fengchao.base.words import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Problem:
    status: int
    sentence: Any  # lazy translation, with %(name)s places for the parameters


CATALOGUE: dict[str, Problem] = {}


def register(problems: dict[str, Problem]) -> None:
    """Adds an app's refusals; a code that exists already is a mistake of the programmer."""
    for code, problem in problems.items():
        if code in CATALOGUE:
            raise RuntimeError(f"error code {code} is registered twice")
        CATALOGUE[code] = problem


class Refused(Exception):
    """The request was understood and is refused; nothing was written.

    Parameters fill the sentence's places. Never put personal data in them: they reach logs.
    """

    def __init__(self, code: str, /, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    @property
    def status(self) -> int:
        return CATALOGUE[self.code].status

    @property
    def message(self) -> str:
        return str(CATALOGUE[self.code].sentence) % self.params


register(
    {
        "not_allowed": Problem(403, _("您的职责不包括这项操作。请联系社区书记或系统管理员。")),
        "not_found": Problem(404, _("没有找到，或不在您负责的范围内。")),
        "second_person": Problem(403, _("前一步是您做的，这一步要由另一个有权限的人来做。")),
        "sign_in": Problem(401, _("请重新登录。")),
        "too_many": Problem(429, _("操作太频繁，请稍后再试。")),
        "too_large": Problem(413, _("内容太大，请分成几份再试。")),
        "bad_request": Problem(400, _("内容不完整或格式不对，请检查后重试。")),
        "bad_day": Problem(422, _("日期不对。请写成 2026-05-01 这样，年份在 2000 到 2100 之间。")),
        "day_far": Problem(422, _("最晚可以定在 %(day)s。更远的事，到时候再定。")),
        "stale": Problem(409, _("别人刚刚修改过。请刷新页面，核对后再保存。")),
        "busy": Problem(503, _("系统正忙，您的内容没有丢失，请稍后再试。")),
        "fault": Problem(500, _("系统出错，没有保存。您的内容仍在本机，请稍后再试；仍不行请告诉系统管理员。")),
        "job_failed": Problem(500, _("没有完成，什么都没有改变。请再试一次；仍不行请告诉系统管理员。")),
        "backup_other_key": Problem(
            409, _("这份备份要用另一把密钥才能读。请用 --key 指定备份时的 master.key（现在找的是 %(path)s）。")),
        "backup_not_empty": Problem(409, _("这里的数据库已经有内容，没有恢复。请用 --home 指定一个空的文件夹。")),
        "backup_damaged": Problem(422, _("这不是备份文件，或文件已损坏。请换一份备份。")),
        "backup_failed": Problem(500, _("没有成功，什么都没有改变：%(reason)s")),
        "disk_full": Problem(507, _("服务器磁盘已满，没有保存。请联系系统管理员，您的内容仍在本机。")),
        "required": Problem(422, _("请填写“%(field)s”。")),
        "too_long": Problem(422, _("“%(field)s”最多 %(limit)s 个字。")),
        "invalid": Problem(422, _("“%(field)s”不正确，请检查。")),
        "bad_code": Problem(422, _("“%(code)s”不是有效的区划或网格代码。")),
    }
)
