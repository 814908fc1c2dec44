"""The sheets of a workbook as rows of named cells, in the columns and languages we accept."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
COLUMNS = {
    SURVEY: ("type", "name", "label", "hint", "relevant", "constraint", "constraint_message", "required", "calculation",
             "default", "appearance", "repeat_count"),
    CHOICES: ("list_name", "name", "label"),
    SETTINGS: ("form_title", "form_id", "version", "default_language"),
}
ZH, EN = "中文 (zh)", "English (en)"
TRANSLATED = ("label", "hint", "constraint_message", "form_title")
CHINESE = re.compile(r"\bzh\b|中文|汉语|chinese", re.IGNORECASE)
ENGLISH = re.compile(r"\ben\b|英|english", re.IGNORECASE)


@dataclass(slots=True)
class Row:
    """`number` as the spreadsheet shows it; cells by column, translated ones as `label zh`, `label en`."""

    number: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        return self.cells.get(column, "")

    def words(self, column: str) -> dict[str, str]:
        """Both languages, one standing in for the other where only one is written; empty when neither is."""
        zh, en = self.text(f"{column} zh"), self.text(f"{column} en")
        return {"zh": zh or en, "en": en or zh} if zh or en else {}


def language(text: str) -> str | None:
    if CHINESE.search(text):
        return "zh"
    return "en" if ENGLISH.search(text) else None


def cell_text(value: Any) -> str:
    """What a person sees in a cell: 3.0 is a 3 that the spreadsheet keeps as a decimal."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def headings(sheet: str, cells: Iterable[Any]) -> tuple[dict[int, str], list[tuple[str, dict[str, str]]]]:
    """The key of each column, and the refusals (code, parameters) of those we do not know."""
    keys: dict[int, str] = {}
    refused: list[tuple[str, dict[str, str]]] = []
    for place, text in enumerate(map(cell_text, cells)):
        column, _, tongue = (part.strip() for part in text.partition("::"))
        column = re.sub(r"[\s-]+", "_", column.lower())
        if not text:
            continue
        if column not in COLUMNS[sheet]:
            refused.append(("column_unknown", {"column": text}))
        elif column not in TRANSLATED:
            keys[place] = column
        elif tongue and not language(tongue):
            refused.append(("language_unknown", {"column": text}))
        else:
            keys[place] = f"{column} {language(tongue) or 'zh'}"
    return keys, refused


def rows(keys: dict[int, str], cells: Iterable[list[Any]]) -> Iterable[Row]:
    """The rows below the heading that have anything in them."""
    for number, values in enumerate(cells, 2):
        found = {key: text for place, key in keys.items()
                 if place < len(values) and (text := cell_text(values[place]))}
        if found:
            yield Row(number, found)
