"""Small workbooks for tests, written as rows, and read without a process of their own."""

import tempfile
from io import BytesIO
from pathlib import Path

import xlsxwriter

from fengchao.work.forms.convert import convert
from fengchao.work.forms.convert_limits import LIMITS
from fengchao.work.forms.problems import BadForm

SURVEY = ("type", "name", "label", "label::English (en)", "required", "relevant", "constraint", "constraint_message",
          "calculation")
YES_NO = [("list_name", "name", "label", "label::English (en)"), ("yes_no", "yes", "是", "Yes"),
          ("yes_no", "no", "否", "No")]
SETTINGS = [("form_title", "form_id"), ("试卷", "trial")]


def workbook(*questions: tuple[str, ...], choices=YES_NO, settings=SETTINGS, head=SURVEY, **sheets) -> bytes:
    """An XLSForm with these rows of the survey sheet; further sheets by their names."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False})
    for name, rows in {"survey": [head, *questions], "choices": choices, "settings": settings, **sheets}.items():
        sheet = book.add_worksheet(name) if rows is not None else None
        for number, row in enumerate(rows or ()):
            sheet.write_row(number, 0, row)
    book.close()
    return target.getvalue()


def read(content: bytes, version: int = 1) -> dict:
    """What `actions.read_workbook` says, in this process."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        said = next(convert(path=str(Path(file.name)), version=version, limits=LIMITS))
    if said["problems"]:
        raise BadForm(said["problems"])
    return said
