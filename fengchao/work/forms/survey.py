"""The rows of a workbook as questions, and everything in them that lies outside the subset we accept.

Questions leave here as plain dictionaries, because they cross a process and end in a JSON column:
name, type, label and hint {zh, en}, parent (the group or repeat around it), row, and, where given, choices
[{name, zh, en}], required, relevant, constraint, message {zh, en}, calculation, default, appearance, repeat_count;
`paths` holds the same expressions with paths for names.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from .columns import CHOICES, SURVEY, Row

Question = dict[str, Any]

ANSWERED = ("text", "integer", "decimal", "date", "select_one", "select_multiple", "image")
SHOWN = (*ANSWERED, "note")
BEGIN = {"begin_group": "group", "begin_repeat": "repeat"}
END = {"end_group": "group", "end_repeat": "repeat"}
LOCATING = {"geopoint", "geotrace", "geoshape", "start-geopoint", "background-geopoint", "audit", "deviceid", "imei",
            "phonenumber", "simserial", "subscriberid", "username", "email", "background-audio"}
KNOWN_ELSEWHERE = {"start", "end", "today", "dateTime", "time"}

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}")
CHOICE = re.compile(r"[A-Za-z0-9_.-]{1,40}")
TAKEN = ("meta", "instanceID", "data")
QUESTIONS, OPTIONS, LONGEST = 200, 500, 500
YES, NO = ("yes", "true", "true()", "1", "是"), ("", "no", "false", "false()", "0", "否")


@dataclass(slots=True)
class Problem:
    """Something to correct: where, and the code of a sentence of `problems` with what fills it."""

    sheet: str
    row: int
    code: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Survey:
    questions: list[Question] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, sheet: str, row: int, code: str, **params: Any) -> None:
        self.problems.append(Problem(sheet, row, code, params))


def split_type(text: str) -> tuple[str, str]:
    """The type and what follows it; a blank instead of the underscore is common and means the same."""
    words = text.split()
    if len(words) > 1 and words[0] in ("select", "begin", "end"):
        words[:2] = [f"{words[0]}_{words[1]}"]
    return (words[0] if words else "", " ".join(words[1:]))


def read_choices(rows: list[Row], survey: Survey) -> dict[str, list[dict[str, str]]]:
    """The lists of choices by their names."""
    lists: dict[str, list[dict[str, str]]] = {}
    for row in rows[:OPTIONS]:
        name, list_name = row.text("name"), row.text("list_name")
        options = lists.setdefault(list_name, [])
        if not list_name or not CHOICE.fullmatch(name):
            survey.refuse(CHOICES, row.number, "choice_name", name=name)
        elif any(option["name"] == name for option in options):
            survey.refuse(CHOICES, row.number, "choice_twice", name=name, list=list_name)
        elif not row.words("label"):
            survey.refuse(CHOICES, row.number, "label_missing", name=name)
        else:
            options.append({"name": name, **row.words("label")})
    if len(rows) > OPTIONS:
        survey.refuse(CHOICES, rows[OPTIONS].number, "too_many_choices", limit=OPTIONS)
    return lists


def read_questions(rows: list[Row], lists: dict[str, list[dict[str, str]]], survey: Survey) -> None:
    """Fills `survey` with the questions of the rows, those of groups and repeats naming their parent."""
    around: list[tuple[str, str, int]] = []  # (kind, name, row) of the groups still open
    names: set[str] = set()
    for row in rows[:QUESTIONS]:
        kind, rest = split_type(row.text("type"))
        if kind in END:
            _close(END[kind], around, row, survey)
            continue
        question = _question(kind, rest, row, lists, names, survey)
        if question is None:
            continue
        question["parent"] = around[-1][1] if around else ""
        if question["type"] in BEGIN.values():
            if question["type"] == "repeat" and any(kind == "repeat" for kind, *_ in around):
                survey.refuse(SURVEY, row.number, "repeat_nested")
            around.append((question["type"], question["name"], row.number))
        survey.questions.append(question)
    for _, name, number in around:
        survey.refuse(SURVEY, number, "begin_without_end", name=name)
    if len(rows) > QUESTIONS:
        survey.refuse(SURVEY, rows[QUESTIONS].number, "too_many_questions", limit=QUESTIONS)


def _close(kind: str, around: list[tuple[str, str, int]], row: Row, survey: Survey) -> None:
    if around and around[-1][0] == kind:
        around.pop()
    else:
        survey.refuse(SURVEY, row.number, "end_without_begin", type=row.text("type"))


def _question(kind: str, rest: str, row: Row, lists: dict[str, list[dict[str, str]]], names: set[str],
              survey: Survey) -> Question | None:
    """The question of a row, or None when its type or name say nothing usable."""
    shown = BEGIN.get(kind, kind)
    if refusal := _refused_type(kind, row):
        survey.refuse(SURVEY, row.number, refusal, type=row.text("type"))
        return None
    name = row.text("name")
    if not NAME.fullmatch(name) or name in TAKEN:
        survey.refuse(SURVEY, row.number, "name_bad" if name else "name_missing", name=name)
        return None
    if name in names:
        survey.refuse(SURVEY, row.number, "name_twice", name=name)
    names.add(name)
    question: Question = {"name": name, "type": shown, "row": row.number, "label": row.words("label")}
    if shown in SHOWN and not question["label"]:
        survey.refuse(SURVEY, row.number, "label_missing", name=name)
    if shown.startswith("select"):
        _choose(question, rest, row, lists, survey)
    elif rest:
        survey.refuse(SURVEY, row.number, "type_unknown", type=row.text("type"))
    _rules(question, row, survey)
    return question


def _refused_type(kind: str, row: Row) -> str | None:
    if kind in (*SHOWN, *BEGIN, "calculate"):
        return None
    if not kind:
        return "type_missing"
    if kind in LOCATING:
        return "type_locating"
    return "type_known" if kind in KNOWN_ELSEWHERE else "type_unknown"


def _choose(question: Question, name: str, row: Row, lists: dict[str, list[dict[str, str]]], survey: Survey) -> None:
    question["list"] = name
    question["choices"] = lists.get(name, [])
    if not question["choices"]:
        survey.refuse(SURVEY, row.number, "list_missing", list=name)


def _rules(question: Question, row: Row, survey: Survey) -> None:
    for key in ("relevant", "constraint", "calculation", "default", "appearance", "repeat_count"):
        if text := row.text(key):
            question[key] = text
    for key, column in (("hint", "hint"), ("message", "constraint_message")):
        if words := row.words(column):
            question[key] = words
    required = row.text("required")
    if required.lower() not in NO:
        question["required"] = "true()" if required.lower() in YES else required
    if question["type"] == "image" and "required" in question:
        survey.refuse(SURVEY, row.number, "image_required", name=question["name"])
    if question["type"] == "image" and any(other["type"] == "image" for other in survey.questions):
        survey.refuse(SURVEY, row.number, "image_second", name=question["name"])
    if question["type"] == "calculate" and "calculation" not in question:
        survey.refuse(SURVEY, row.number, "calculation_missing", name=question["name"])
    if "${" in question.get("default", ""):
        survey.refuse(SURVEY, row.number, "default_not_fixed", name=question["name"])
    if any(len(text) > LONGEST for text in row.cells.values()):
        survey.refuse(SURVEY, row.number, "too_long", limit=LONGEST)
