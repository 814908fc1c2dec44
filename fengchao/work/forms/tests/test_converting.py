import pytest
from django.utils.translation import override
from lxml import etree

from fengchao import packs
from fengchao.base.errors import Refused
from fengchao.packs import make_forms
from fengchao.sheets.tests.bombs import zip_bomb
from fengchao.work.forms.actions import read_workbook
from fengchao.work.forms.problems import SENTENCES, BadForm

from .workbooks import SETTINGS, SURVEY, read, workbook

ANYONE = ("select_one yes_no", "anyone", "有人吗", "Anybody?")


def refused(*questions, **sheets) -> list[tuple[str, int, str]]:
    with pytest.raises(BadForm) as error:
        read(workbook(*questions, **sheets))
    assert all(c.sentence and "%" not in c.sentence for c in error.value.corrections)
    return [(p["sheet"], p["row"], p["code"]) for p in error.value.problems]


def test_the_whole_subset_becomes_an_xform_in_both_languages():
    said = read(workbook(
        ANYONE, ("begin group", "home", "家里"), ("integer", "people", "几人", "How many", "yes", "${anyone} = 'yes'",
                                              ". > 0 and . < 20", "1 到 19"),
        ("begin_repeat", "member", "成员"), ("text", "who", "姓名"), ("decimal", "weight", "体重"),
        ("date", "since", "哪天来的"), ("end_repeat",), ("end_group",), ("select_multiple yes_no", "both", "都选"),
        ("calculate", "doubled", "", "", "", "", "", "", "${people} * 2"), ("image", "photo", "照片"),
        ("note", "thanks", "共 ${doubled}，谢谢"),
    ), version=7)
    model = etree.fromstring(said["xform"].encode())
    assert model.find(".//{*}translation[@default]").get("lang") == "中文 (zh)"
    assert {t.get("lang") for t in model.iter("{*}translation")} == {"中文 (zh)", "English (en)"}
    assert model.find(".//{*}data").get("version") == "7"
    people = next(f for f in said["fields"] if f["name"] == "people")
    assert people["label"] == {"zh": "几人", "en": "How many"}
    assert people["paths"]["relevant"] == "/data/anyone  = 'yes'" and people["parent"] == "home"


def test_a_missing_translation_is_filled_from_the_other_language():
    said = read(workbook(("text", "who", "姓名")))
    assert said["fields"][0]["label"] == {"zh": "姓名", "en": "姓名"} and ">-<" not in said["xform"]


@pytest.mark.parametrize(("rows", "code", "row"), [
    ([("geopoint", "where", "在哪")], "type_locating", 2),
    ([("start", "start", "")], "type_known", 2),
    ([("barcode", "code", "条码")], "type_unknown", 2),
    ([("", "code", "条码")], "type_missing", 2),
    ([("text", "", "姓名")], "name_missing", 2),
    ([("text", "姓名", "姓名")], "name_bad", 2),
    ([("text", "who", "姓名"), ("text", "who", "又是")], "name_twice", 3),
    ([("text", "who", "")], "label_missing", 2),
    ([("select_one nothing", "x", "选")], "list_missing", 2),
    ([("select_one yes_no or_other", "x", "选")], "list_missing", 2),
    ([("end_group",)], "end_without_begin", 2),
    ([("begin_group", "g", "组"), ("text", "a", "问")], "begin_without_end", 2),
    ([("begin_repeat", "r", "组"), ("begin_repeat", "s", "组"), ("text", "a", "问"), ("end_repeat",),
      ("end_repeat",)], "repeat_nested", 3),
    ([("text", "a", "问", "", "", "${gone} = 1")], "reference_unknown", 2),
    ([("text", "a", "问 ${gone}")], "reference_unknown", 2),
    ([("text", "a", "问", "", "", "pulldata('x')")], "function_unknown", 2),
    ([("text", "a", "问", "", "", "1 +")], "expression_bad", 2),
    ([("text", "a", "问", "", "", "", "regex(., '(a+)+')")], "pattern_slow", 2),
    ([("text", "a", "问", "", "", "", "regex(., '[')")], "pattern_bad", 2),
    ([("calculate", "a")], "calculation_missing", 2),
    ([("image", "photo", "照片", "", "yes")], "image_required", 2),
    ([("image", "a", "照片"), ("image", "b", "照片")], "image_second", 3),
    ([("text", "a", "问" * 600)], "too_long", 2),
    ([("text", f"q{n}", "问") for n in range(201)], "too_many_questions", 202),
])
def test_what_lies_outside_the_subset_is_named_with_its_row(rows, code, row):
    assert ("survey", row, code) in refused(*rows)


def test_columns_languages_and_sheets_we_do_not_know_are_named():
    strange = (*SURVEY, "choice_filter", "label::Français (fr)")
    assert {code for _, _, code in refused(ANYONE, head=strange)} == {"column_unknown", "language_unknown"}
    assert refused(ANYONE, entities=[("dataset",), ("people",)]) == [("entities", 1, "sheet_refused")]


def test_every_mistake_is_told_at_once():
    found = refused(("geopoint", "where", "在哪"), ("text", "", "姓名"), settings=[("form_title", "form_id"), ("", "")])
    assert found == [("settings", 2, "form_id"), ("settings", 2, "form_title"), ("survey", 2, "type_locating"),
                     ("survey", 3, "name_missing")]


def test_corrections_are_told_in_the_language_of_whoever_uploads():
    with pytest.raises(BadForm) as error:
        read(workbook(("geopoint", "where", "在哪")))
    with override("en"):
        assert "Delete this row" in error.value.corrections[0].sentence
    with override("zh-hans"):
        assert "请删除这一行" in error.value.corrections[0].sentence


def test_every_sentence_says_what_to_do_with_its_parameters():
    assert all("%" in str(s) or "请" in str(s) or "不支持" in str(s) for s in SENTENCES.values())


def test_a_workbook_that_is_no_form_is_refused_as_a_whole():
    with pytest.raises(Refused, match="form_sheet_missing"):
        read_workbook(workbook(survey=None, settings=SETTINGS), version=1)
    with pytest.raises(Refused, match="sheet_"):
        read_workbook(b"PK\x03\x04 not a zip", version=1)


def test_a_hostile_workbook_cannot_hurt_the_server(tmp_path):
    bomb = tmp_path / "bomb.xlsx"
    zip_bomb(bomb)
    with pytest.raises(Refused):
        read_workbook(bomb.read_bytes(), version=1)


@pytest.mark.parametrize("path", packs.form_workbooks(), ids=lambda path: path.stem)
def test_the_visits_of_the_base_pack_are_made_from_their_sources(path, tmp_path):
    again = tmp_path / path.name
    make_forms.write(path.with_suffix(".toml"), again)
    said = read(path.read_bytes())
    assert said == read(again.read_bytes())
    assert said["code"] == path.stem and path.stem in packs.kinds()
