"""An uploaded workbook as an XForm with its questions, or the list of what to correct. Runs inside the guarded process.

We read the sheets ourselves, so that a refusal names sheet and row and says what to do; pyxform then writes the XForm
from rows that are known to be inside the subset.
"""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lxml import etree
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert as write_xform

from fengchao.base.errors import Refused
from fengchao.sheets import reading
from fengchao.sheets.limits import Limits

from . import logic
from .columns import CHOICES, EN, SETTINGS, SURVEY, ZH, Row, headings, rows
from .survey import NAME, Question, Survey, read_choices, read_questions

REFUSED_SHEETS = ("entities", "external_choices", "osm")
EXPRESSIONS = ("relevant", "constraint", "calculation", "required", "repeat_count")
XF = "{http://www.w3.org/2002/xforms}"


def convert(*, path: str, version: int, limits: Limits) -> Iterator[dict[str, Any]]:
    """Yields {code, title, title_en, xform, fields, problems} once; with problems, the other keys may be empty."""
    survey = Survey()
    sheets = _sheets(Path(path), limits, survey)
    settings = sheets[SETTINGS][0] if sheets[SETTINGS] else Row(2, {})
    code, called = settings.text("form_id"), settings.words("form_title")
    title, title_en = called.get("zh", ""), called.get("en", "")
    if not NAME.fullmatch(code):
        survey.refuse(SETTINGS, settings.number, "form_id", name=code)
    if not title or max(len(title), len(title_en)) > 120:
        survey.refuse(SETTINGS, settings.number, "form_title")
    lists = read_choices(sheets[CHOICES], survey)
    read_questions(sheets[SURVEY], lists, survey)
    _check_logic(survey)
    xform = "" if survey.problems else _xform(survey, lists, code, title, version)
    yield {"code": code, "title": title, "title_en": title_en, "xform": xform,
           "fields": [] if survey.problems else survey.questions,
           "problems": [asdict(problem) for problem in survey.problems]}


def _sheets(path: Path, limits: Limits, survey: Survey) -> dict[str, list[Row]]:
    names = {name.strip().lower(): name for name in reading.sheet_names(path, limits)}
    for name in REFUSED_SHEETS:
        if name in names:
            survey.refuse(names[name], 1, "sheet_refused")
    found: dict[str, list[Row]] = {}
    for sheet in (SURVEY, CHOICES, SETTINGS):
        found[sheet] = []
        if sheet not in names:
            if sheet != CHOICES:
                raise Refused("form_sheet_missing", sheet=sheet)
            continue
        cells = reading.open_sheet(path, names[sheet], limits).rows
        keys, refused = headings(sheet, next(cells, []))
        for code, params in refused:
            survey.refuse(sheet, 1, code, **params)
        found[sheet] = list(rows(keys, cells))
    return found


def _check_logic(survey: Survey) -> None:
    names = {question["name"] for question in survey.questions}
    for question in survey.questions:
        for key in EXPRESSIONS:
            try:
                if expression := question.get(key):
                    logic.check(expression, names)
            except logic.BadExpression as bad:
                survey.refuse(SURVEY, question["row"], bad.code, column=key, **bad.params)
        for words in (question["label"], question.get("hint", {})):
            for name in logic.references(words.get("zh", "") + words.get("en", "")):
                if name not in names:
                    survey.refuse(SURVEY, question["row"], "reference_unknown", column="label", name=name)


def _xform(survey: Survey, lists: dict[str, list[dict[str, str]]], code: str, title: str, version: int) -> str:
    """The XForm, after each question has been given the expressions as they stand there, with paths for names."""
    book: dict[str, Any] = {
        SURVEY: list(_survey_rows(survey.questions)),
        CHOICES: [{"list_name": name, "name": each["name"], f"label::{ZH}": each["zh"], f"label::{EN}": each["en"]}
                  for name, options in lists.items() for each in options],
        SETTINGS: [{"form_title": title, "form_id": code, "version": str(version), "default_language": ZH}],
    }
    for sheet in (SURVEY, CHOICES, SETTINGS):
        book[f"{sheet}_header"] = [{key: None for row in book[sheet] for key in row}]
    try:
        xform = write_xform({**book, "sheet_names": [SURVEY, CHOICES, SETTINGS]}).xform
    except PyXFormError as error:
        survey.refuse(SURVEY, 1, "converter", detail=str(error)[:300])
        return ""
    _bind(survey.questions, xform)
    return xform


def _survey_rows(questions: list[Question]) -> Iterator[dict[str, str]]:
    open_groups: list[Question] = []
    for question in questions:
        while open_groups and open_groups[-1]["name"] != question["parent"]:
            yield {"type": f"end_{open_groups.pop()['type']}"}
        yield _survey_row(question)
        if question["type"] in ("group", "repeat"):
            open_groups.append(question)
    for question in reversed(open_groups):
        yield {"type": f"end_{question['type']}"}


def _survey_row(question: Question) -> dict[str, str]:
    kind = question["type"]
    kind = f"begin_{kind}" if kind in ("group", "repeat") else f"{kind} {question.get('list', '')}".strip()
    row = {"type": kind, "name": question["name"]}
    for key, column in (("label", "label"), ("hint", "hint"), ("message", "constraint_message")):
        if words := question.get(key):
            row |= {f"{column}::{ZH}": words["zh"], f"{column}::{EN}": words["en"]}
    for key in (*EXPRESSIONS, "default", "appearance"):
        if key in question:
            row[key] = question[key]
    return row


def _bind(questions: list[Question], xform: str) -> None:
    """Keeps beside each expression in names (for people) the same in paths (for evaluation), as `paths`."""
    binds = {bind.get("nodeset"): bind for bind in etree.fromstring(xform.encode()).iter(f"{XF}bind")}
    where: dict[str, str] = {"": "/data"}
    for question in questions:
        path = where[question["name"]] = f"{where[question['parent']]}/{question['name']}"
        bind = binds.get(path)
        names = {"relevant": "relevant", "constraint": "constraint", "calculation": "calculate", "required": "required"}
        question["paths"] = {key: bind.get(name).strip() for key, name in names.items()
                             if bind is not None and bind.get(name)}
