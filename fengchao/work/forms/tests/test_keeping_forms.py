from io import BytesIO

import openpyxl
import pytest
from django.utils.translation import override

from fengchao import packs
from fengchao.base.errors import Refused
from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.testing import ALICE, CAROL, DAVE, HONGQIAO
from fengchao.work.actions import accept
from fengchao.work.forms.actions import add_form, install_pack_forms
from fengchao.work.forms.export import answers_workbook
from fengchao.work.models import Campaign, Form, Record
from fengchao.work.tests.conftest import campaign, doors, pack_form, saw, town  # noqa: F401

from .workbooks import workbook

pytestmark = pytest.mark.django_db


def test_a_new_version_is_a_new_row_and_the_old_one_stays():
    with acting(CAROL):
        first = add_form(by=CAROL, workbook=workbook(("text", "who", "谁")))
        second = add_form(by=CAROL, workbook=workbook(("text", "who", "是谁")))
        assert (first.version, second.version) == (1, 2)
        assert Form.objects.get(id=first.id).fields[0]["label"]["zh"] == "谁"
        assert 'version="2"' in second.xform


def test_the_same_workbook_again_makes_no_new_version():
    with acting(CAROL):
        add_form(by=CAROL, workbook=workbook(("text", "who", "谁")))
        with pytest.raises(Refused, match="form_same"):
            add_form(by=CAROL, workbook=workbook(("text", "who", "谁")))


def test_a_form_is_called_by_its_title_in_the_language_of_whoever_looks():
    titled = [("form_title", "form_title::English (en)", "form_id"), ("试卷", "Trial", "trial")]
    with acting(CAROL):
        both = add_form(by=CAROL, workbook=workbook(("text", "who", "谁"), settings=titled))
        only = add_form(by=CAROL, workbook=workbook(("text", "who", "谁")))
    with override("en"):
        assert (str(both), str(only)) == ("Trial · 1", "试卷 · 2")
    with override("zh-hans"):
        assert str(both) == "试卷 · 1"


def test_a_grid_worker_cannot_add_a_form():
    with pytest.raises(Refused, match="not_allowed"), acting(ALICE):
        add_form(by=ALICE, workbook=workbook(("text", "who", "谁")))


def test_the_forms_of_the_packs_are_installed_once():
    with acting(DAVE):
        added = install_pack_forms(by=DAVE)
        assert {form.code for form in added} == {path.stem for path in packs.form_workbooks()}
        assert install_pack_forms(by=DAVE) == []


def test_answers_go_out_in_words_and_the_export_is_in_the_trail(campaign, doors):  # noqa: F811
    with acting(CAROL):
        form = pack_form("needs_visit")
        Campaign.objects.filter(id=campaign.id).update(form=form)
        campaign.refresh_from_db()
    answers = {"needs": ["medicine", "food"], "urgency": "now", "food_days": 2, "help": "yes",
               "medicine": [{"medicine_name": "=1+1", "days_left": 3}, {"medicine_name": "降压药", "days_left": 9}]}
    with acting(ALICE):
        accept([saw(doors[0], "met", answers=answers)], by=ALICE)
    with acting(CAROL):
        target = BytesIO()
        assert answers_workbook(target, by=CAROL, campaign=campaign, area=Area.of(HONGQIAO)) == 1
        assert AuditEntry.objects.filter(action="export_answers", object=str(campaign.id)).exists()
    rows = list(openpyxl.load_workbook(target).active.iter_rows(values_only=True))
    said = dict(zip(rows[0], rows[1], strict=True))
    assert said["家里现在缺什么？"] == "药品; 米面菜" and said["多急？"] == "马上" and said["食物还够吃几天？"] == 2
    assert said["需要的药"] == "'=1+1; 3 | 降压药; 9"


def test_a_grid_worker_cannot_export_answers(campaign):  # noqa: F811
    with pytest.raises(Refused, match="not_allowed"), acting(ALICE):
        answers_workbook(BytesIO(), by=ALICE, campaign=campaign, area=Area.of(HONGQIAO))


def test_a_record_whose_answers_do_not_fit_its_form_is_refused_and_said_why(campaign, doors):  # noqa: F811
    with acting(CAROL):
        form = pack_form("verify_visit")
        Campaign.objects.filter(id=campaign.id).update(form=form)
    with acting(ALICE):
        right, wrong = accept([saw(doors[0], "met", answers={"people": "0", "picture": ""}),
                               saw(doors[1], "met", answers={"people": 99})], by=ALICE)
        assert right.status == "accepted" and Record.objects.get(id=right.id).answers == {"people": 0}
        assert wrong.refused.code == "bad_answers" and "0 到 30" in wrong.refused.message


def test_a_repeat_of_a_record_whose_answers_were_tidied_is_still_the_same_record(campaign, doors):  # noqa: F811
    with acting(CAROL):
        form = pack_form("verify_visit")
        Campaign.objects.filter(id=campaign.id).update(form=form)
    seen = saw(doors[0], "met", answers={"people": "0", "picture": None})
    with acting(ALICE):
        assert [accept([seen], by=ALICE)[0].status for _ in range(2)] == ["accepted", "repeated"]
