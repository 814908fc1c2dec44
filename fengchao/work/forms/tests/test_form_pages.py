import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from fengchao.base.scope import acting
from fengchao.testing import ALICE, CAROL, browser
from fengchao.work.forms.words import condition
from fengchao.work.models import Campaign, Form
from fengchao.work.tests.conftest import campaign, doors, pack_form, town  # noqa: F401

from .workbooks import workbook

pytestmark = pytest.mark.django_db
QUESTIONS = {
    "home": {"name": "home", "type": "select_one", "label": {"zh": "在家吗", "en": "At home?"},
             "choices": [{"name": "yes", "zh": "是", "en": "Yes"}]},
    "age": {"name": "age", "type": "integer", "label": {"zh": "年龄", "en": "Age"}},
    "day": {"name": "day", "type": "date", "label": {"zh": "哪天", "en": "Day"}},
}


@pytest.mark.parametrize(("expression", "zh"), [
    ("${home} = 'yes'", "“在家吗”是“是”"),
    ("${home} != 'yes' and ${age} >= 18", "“在家吗”不是“是”，并且“年龄”不小于 18"),
    ("selected(${home}, 'yes') or ${age} < 3", "“在家吗”选了“是”，或者“年龄”小于 3"),
    ("not(selected(., 'yes')) or count-selected(.) = 1", "“本题”没有选“是”，或者“本题”选的个数 = 1"),
    ("${day} <= today()", "“哪天”不晚于今天"),
    ("${age} > 3 and ${home} = 'yes' or ${age} < 1", "${age} > 3 and ${home} = 'yes' or ${age} < 1"),
    ("string-length(${home}) > 2", "string-length(${home}) > 2"),
])
def test_a_condition_is_said_in_words_and_what_is_too_intricate_as_it_was_written(expression, zh):
    with override("zh-hans"):
        assert condition(expression, QUESTIONS, QUESTIONS["home"]) == zh
    with override("en"):
        assert "“在" not in condition(expression, QUESTIONS, QUESTIONS["home"])


def upload(client, content: bytes):
    return client.post("/forms", {"workbook": SimpleUploadedFile("form.xlsx", content)}, follow=True)


def zh(actor):
    return browser(actor, **{"accept-language": "zh"})


def test_a_workbook_becomes_a_form_that_is_shown_at_once():
    page = upload(zh(CAROL), workbook(("integer", "people", "几个人", "How many", "yes", "", ". <= 30", "最多 30")))
    assert page.status_code == 200
    assert all(words in page.content.decode() for words in ("几个人", "不大于 30", "最多 30", "第 1 版"))


def test_what_must_be_corrected_is_listed_and_nothing_is_saved():
    page = upload(zh(CAROL), workbook(("geopoint", "where", "在哪"), ("text", "", "谁")))
    words = page.content.decode()
    assert page.status_code == 422 and "有 2 处需要改正" in words and "请删除这一行" in words
    assert not Form.objects.exists()


def test_a_file_that_is_no_workbook_is_refused_in_words():
    page = upload(zh(CAROL), b"%PDF-1.7")
    assert page.status_code == 422 and "xlsx" in page.content.decode()
    assert zh(CAROL).post("/forms").status_code == 422


def test_the_visits_of_the_pack_are_shown_in_both_languages():
    with acting(CAROL):
        form = pack_form("verify_visit")
    address = f"/forms/{form.id}"
    assert "只在这时问" in zh(CAROL).get(address).content.decode()
    page = browser(ALICE, **{"accept-language": "en"}).get(address).content.decode()
    assert "Asked only if" in page and "Is help needed now?" in page
    assert zh(CAROL).get(f"{address}/workbook.xlsx").content[:2] == b"PK"


def test_answers_are_downloaded_by_who_may_export(campaign):  # noqa: F811
    with acting(CAROL):
        Campaign.objects.filter(id=campaign.id).update(form=pack_form("verify_visit"))
    address = f"/campaigns/{campaign.id}/answers.xlsx"
    assert zh(CAROL).get(address).content[:2] == b"PK"
    assert zh(ALICE).get(address).status_code == 403
