"""Writes the questionnaires of the packs as XLSForm workbooks: python -m fengchao.packs.make_forms

The .toml files in a pack's folder `forms` are what people read and review; the .xlsx files beside them are what the
platform loads and what a community copies and changes in Excel.
"""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

ROOT = Path(__file__).parent
ZH, EN = "中文 (zh)", "English (en)"
SURVEY = ("type", "name", f"label::{ZH}", f"label::{EN}", f"hint::{ZH}", f"hint::{EN}", "required", "relevant",
          "constraint", f"constraint_message::{ZH}", f"constraint_message::{EN}", "calculation", "appearance")
CHOICES = ("list_name", "name", f"label::{ZH}", f"label::{EN}")
SETTINGS = (f"form_title::{ZH}", f"form_title::{EN}", "form_id", "default_language")
MADE = datetime(2026, 1, 1)  # the same source gives the same file


def sheets(source: Path) -> dict[str, list[tuple[str, ...]]]:
    """The rows of each sheet, headings first."""
    form = tomllib.loads(source.read_text(encoding="utf-8"))
    choices = [(listed, name, words["zh"], words["en"])
               for listed, options in form["choices"].items() for name, words in options.items()]
    return {
        "survey": [SURVEY, *(_question(question) for question in form["question"])],
        "choices": [CHOICES, *choices],
        "settings": [SETTINGS, (form["title"]["zh"], form["title"]["en"], source.stem, ZH)],
    }


def _question(question: dict[str, Any]) -> tuple[str, ...]:
    cells = {f"label::{ZH}": question.get("zh", ""), f"label::{EN}": question.get("en", "")}
    for key, column in (("hint", "hint"), ("message", "constraint_message")):
        words = question.get(key, {"zh": "", "en": ""})
        cells |= {f"{column}::{ZH}": words["zh"], f"{column}::{EN}": words["en"]}
    return tuple(cells.get(column, question.get(column, "")) for column in SURVEY)


def write(source: Path, target: Path) -> None:
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_numbers": False})
    book.set_properties({"title": source.stem, "created": MADE})
    bold = book.add_format({"bold": True, "bg_color": "#F1F3F5", "bottom": 1})
    for name, rows in sheets(source).items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, len(rows[0]) - 1, 22)
        for number, row in enumerate(rows):
            for place, text in enumerate(row):
                sheet.write_string(number, place, text, None if number else bold)
    book.close()


def main() -> None:
    for source in sorted(ROOT.glob("*/forms/*.toml")):
        write(source, source.with_suffix(".xlsx"))
        print(source.with_suffix(".xlsx").name)


if __name__ == "__main__":
    main()
