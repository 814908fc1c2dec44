"""Answers as a workbook: one row a record, one column a question, repeats counted and written out in one cell."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fengchao.base.actor import Actor
from fengchao.base.audit import write_one
from fengchao.base.clock import CHINA
from fengchao.base.permissions import Permission
from fengchao.base.places import Area
from fengchao.sheets.columns import Heading
from fengchao.sheets.writing import export

from ..kinds import kind
from ..models import Campaign, Record
from .answers import Questionnaire, questionnaire
from .survey import ANSWERED

CHUNK = 2000


def answers_workbook(target: BinaryIO, *, by: Actor, campaign: Campaign, area: Area) -> int:
    """Writes the answers of a campaign in an area; returns the rows. An export is in the trail like any other deed."""
    by.require(Permission.EXPORT, area)
    form = questionnaire(campaign.form_id) if campaign.form_id else Questionnaire([])
    asked = [q for name, q in form.by_name.items()
             if q["type"] in (*ANSWERED, "calculate", "repeat") and not form.repeat_of[name]]
    titles = [_("地址"), _("结果"), _("时间"), _("备注"), *(_word(q["label"]) or q["name"] for q in asked)]
    rows = export(target, title=campaign.name, columns=[Heading(title) for title in titles],
                  rows=_rows(campaign, area, form, asked))
    write_one("export_answers", campaign.id, by=by, grid=area.lo, rows=rows)
    return rows


def _rows(campaign: Campaign, area: Area, form: Questionnaire, asked: list[dict[str, Any]]) -> Iterator[list[Any]]:
    outcomes = {outcome.code: str(outcome.words) for outcome in kind(campaign.kind).rules.outcomes}
    records = (Record.objects.filter(campaign=campaign, grid__gte=area.lo, grid__lt=area.hi)
               .select_related("task__dwelling", "task__premises").order_by("grid", "at", "id"))
    for record in records.iterator(CHUNK):
        yield [
            str(record.task.dwelling or record.task.premises or ""), outcomes.get(record.outcome, record.outcome),
            record.at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M"), record.note,
            *(_said(question, record.answers.get(question["name"]), form) for question in asked),
        ]


def _said(question: dict[str, Any], value: Any, form: Questionnaire) -> Any:
    """An answer in words: choices by their labels, in the language of whoever exports."""
    if value in (None, "", []):
        return ""
    if question["type"] == "repeat":
        inner = [q for name, q in form.by_name.items() if form.repeat_of[name] == question["name"]]
        return " | ".join("; ".join(str(_said(q, entry[q["name"]], form)) for q in inner if entry.get(q["name"]))
                          for entry in value)
    if question["type"].startswith("select"):
        labels: dict[str, str] = {choice["name"]: _word(choice) for choice in question["choices"]}
        chosen: list[str] = value if isinstance(value, list) else [value]
        return "; ".join(labels.get(choice, choice) for choice in chosen)
    return value


def _word(words: dict[str, str]) -> str:
    return words.get("en" if (get_language() or "").startswith("en") else "zh", "")
