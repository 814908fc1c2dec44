"""Questionnaires: XLSForm workbooks in, answers checked and out again.

    workbook -> convert (guarded process: survey, logic, pyxform) -> work.Form(xform, fields)
    answers  -> check (types, choices, limits, relevance, constraints) -> what a record keeps

`fields` is the list of questions in order, as JSON; see `survey` for the keys.
"""

from .answers import AnswerProblem, Questionnaire, check_answers

__all__ = ["AnswerProblem", "Questionnaire", "check_answers"]
