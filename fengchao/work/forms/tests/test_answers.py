import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from fengchao import packs
from fengchao.base import clock
from fengchao.work.forms import Questionnaire

from .workbooks import read, workbook

HOME = {"people": 2, "changed": "no", "help": "no"}


@pytest.fixture(scope="module")
def visits() -> dict[str, Questionnaire]:
    return {path.stem: Questionnaire(read(path.read_bytes())["fields"])
            for path in packs.form_workbooks()}


@pytest.fixture
def verify(visits) -> Questionnaire:
    return visits["verify_visit"]


def wrong(form: Questionnaire, answers) -> list[tuple[str, str]]:
    return [(problem.name, problem.code) for problem in form.check(answers)[1]]


def test_right_answers_are_kept_as_they_are(verify):
    answers = HOME | {"returned": "yes", "returned_from": "上海", "returned_on": "2026-05-01", "care": ["infant"]}
    assert verify.check(answers) == (answers, [])


def test_what_a_phone_says_as_text_is_kept_as_its_type(verify):
    kept, problems = verify.check({"people": "2", "changed": ["no"], "help": "no", "care": "infant alone",
                                   "picture": None, "returned": ""})
    assert not problems and kept == HOME | {"care": ["alone", "infant"]}


def test_a_group_may_come_nested_or_flat(verify):
    flat = HOME | {"returned": "yes", "returned_from": "上海"}
    assert verify.check(HOME | {"returned": "yes", "return": {"returned_from": "上海"}}) == (flat, [])


def test_what_must_be_answered_is_missed_only_where_it_is_asked(verify):
    assert wrong(verify, {"people": 0}) == []
    assert wrong(verify, {"people": 1}) == [("changed", "required"), ("help", "required")]
    assert wrong(verify, HOME | {"help": "yes"}) == [("help_with", "required")]


def test_an_answer_to_a_question_nobody_asked_is_not_kept(verify):
    kept, problems = verify.check({"people": 0, "help": "no", "returned_from": "上海"})
    assert kept == {"people": 0}
    assert [(p.name, p.code) for p in problems] == [("returned_from", "not_asked"), ("help", "not_asked")]


@pytest.mark.parametrize(("answers", "problem"), [
    ({"people": 31}, ("people", "constraint")), ({"people": -1}, ("people", "constraint")),
    ({"people": "many"}, ("people", "not_integer")), ({"people": 1.5}, ("people", "not_integer")),
    ({"people": True}, ("people", "not_integer")), ({"people": {"a": 1}}, ("people", "not_integer")),
    ({"changed": "maybe"}, ("changed", "not_a_choice")), ({"care": ["alone", "none"]}, ("care", "constraint")),
    ({"care": [["alone"]]}, ("care", "not_a_choice")), ({"returned_on": "yesterday"}, ("returned_on", "not_date")),
    ({"help_with": "x" * 2001}, ("help_with", "text_long")), ({"who_are_you": 1}, ("who_are_you", "unknown")),
])
def test_a_wrong_answer_is_named(verify, answers, problem):
    assert problem in wrong(verify, HOME | answers)


def test_a_date_cannot_lie_in_the_future(verify):
    came = HOME | {"returned": "yes", "returned_from": "上海"}
    assert wrong(verify, came | {"returned_on": clock.today().isoformat()}) == []
    assert wrong(verify, came | {"returned_on": "2999-01-01"}) == [("returned_on", "constraint")]


def test_each_entry_of_a_repeat_is_checked(visits):
    needs = {"needs": ["medicine"], "urgency": "today", "medicine": [{"medicine_name": "降压药", "days_left": 3}, {}]}
    assert wrong(visits["needs_visit"], needs) == [("medicine_name", "required"), ("days_left", "required")]
    assert wrong(visits["needs_visit"], needs | {"medicine": "much"})[0] == ("medicine", "not_a_list")


def test_calculations_are_made_here_and_not_believed(visits):
    kept, problems = visits["needs_visit"].check({"needs": ["doctor"], "urgency": "now", "help": "no"})
    assert not problems and kept["help"] == "yes"


def test_a_question_not_asked_counts_as_empty_for_those_that_follow():
    form = Questionnaire(read(workbook(
        ("select_one yes_no", "a", "问"), ("text", "b", "答", "", "", "${a} = 'yes'"),
        ("calculate", "c", "", "", "", "", "", "", "concat('b:', ${b})"),
    ))["fields"])
    assert form.check({"a": "no", "b": "hidden"})[0] == {"a": "no", "c": "b:"}


def test_characters_that_no_database_holds_are_left_out(verify):
    kept, problems = verify.check(HOME | {"help": "yes", "help_with": "药\x00品\ud800"})
    assert kept["help_with"] == "药品" and not problems


def test_what_is_wrong_is_said_in_both_languages(verify):
    problem = verify.check(HOME | {"people": 99})[1][0]
    with override("zh-hans"):
        assert problem.sentence.startswith("“现在住在这里的有几人？”的回答不符合要求：请填 0 到 30")
    with override("en"):
        assert problem.sentence.endswith("From 0 to 30. Register a larger shared flat separately.")


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
                    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
                    max_leaves=10)
NAMES = st.sampled_from(["people", "changed", "care", "returned", "return", "returned_on", "help", "picture", "x"])


@settings(max_examples=200, deadline=None)
@given(answers=st.dictionaries(NAMES, JSON, max_size=8))
def test_whatever_a_phone_sends_is_judged_and_what_is_kept_is_judged_the_same(verify_form, answers):
    kept, _ = verify_form.check(answers)
    assert not [p for p in verify_form.check(kept)[1] if p.code not in ("required", "constraint")]
    assert verify_form.check(kept)[0] == kept


@pytest.fixture(scope="module")
def verify_form(visits) -> Questionnaire:
    return visits["verify_visit"]
