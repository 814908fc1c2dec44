"""Workbooks as they really arrive: what they mean is registered, what is unclear is refused in words."""

import argparse
import json
import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from fengchao.areas.models import Division, Grid
from fengchao.base.actor import system_actor
from fengchao.base.errors import Refused
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.people import cli
from fengchao.people.importing.errors import sentences
from fengchao.people.importing.models import ImportRun
from fengchao.people.models import Person
from fengchao.people.tests.test_import_pages import only_run, upload, work
from fengchao.people.tests.test_importing import RICS, codes, counts, imported, workbook
from fengchao.testing import CAROL, HONGQIAO, browser

pytestmark = pytest.mark.django_db

THREE = ["110101199001015676", "110101199203074236", "110101201506018119"]


def registered() -> list[tuple[str, str, str]]:
    with acting(CAROL):
        return [
            (p.name, p.relation, p.dwelling.label)
            for p in Person.objects.select_related("dwelling").order_by("dwelling__label", "id")
        ]


def test_a_file_without_names_is_refused_by_the_name_of_the_column_that_is_missing(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["3", "2", "502", "13800000000"]], ["楼号", "单元", "房号", "电话"])
    with pytest.raises(Refused, match="sheet_column_missing") as refused:
        imported(path)
    assert "缺少“姓名”这一列" in refused.value.message


@pytest.mark.parametrize("mark", ["、", "，", ",", "；", ";", "/", "\n", "、\n"])
def test_people_joined_in_a_cell_are_people_of_their_own(tmp_path: Path, mark: str) -> None:
    row = ["3号楼", "502", mark.join(["赵一", "赵二", "阿依·买买提"]), mark.join(THREE), "13800000000"]
    outcome = imported(workbook(tmp_path / "a.xlsx", [row], ["楼号", "房号", "姓名", "身份证号", "电话"]))
    assert counts(outcome) == (3, 0, 0, 0, 0)
    assert {name for name, _, _ in registered()} == {"赵一", "赵二", "阿依·买买提"}


@pytest.mark.parametrize("ids", ["、".join(THREE[:2]), THREE[0]])
def test_joined_people_whose_ids_are_not_as_many_are_refused_in_words(tmp_path: Path, ids: str) -> None:
    outcome = imported(workbook(tmp_path / "a.xlsx", [["3号楼", "502", "赵一、赵二、赵三", ids]],
                                ["楼号", "房号", "姓名", "身份证号"]))  # fmt: skip
    assert counts(outcome) == (0, 0, 0, 1, 0) and "names_joined" in codes(outcome)
    assert any("一人一行" in words for _row, _place, words in sentences(outcome.marks))
    assert not registered()


def test_commas_in_a_remark_do_not_divide_it_among_people(tmp_path: Path) -> None:
    heads = ["楼号", "房号", "姓名", "备注"]
    imported(workbook(tmp_path / "a.xlsx", [["3号楼", "502", "赵一、赵二", "常外出,电话难打通,周末在家"]], heads))
    with acting(CAROL):
        assert set(Person.objects.values_list("remark", flat=True)) == {"常外出,电话难打通,周末在家"}


HEADS = ["地址", "户主姓名", "户主身份证", "户主电话", "家庭成员1姓名", "家庭成员1身份证", "家庭成员2姓名",
         "家庭成员2身份证", "家庭成员2与户主关系", "户别"]  # fmt: skip


def test_the_head_of_a_household_is_its_first_person(tmp_path: Path) -> None:
    row = ["融侨城3号楼502", "赵一", THREE[0], "13800000000", "赵二", THREE[1], "赵三", THREE[2], "儿子", "农业"]
    outcome = imported(workbook(tmp_path / "a.xlsx", [row], HEADS))
    assert counts(outcome) == (3, 0, 0, 0, 0)
    assert registered() == [("赵一", "户主", "3号楼502"), ("赵二", "", "3号楼502"), ("赵三", "儿子", "3号楼502")]
    with acting(CAROL):
        assert [bool(p.ric_blind) for p in Person.objects.order_by("id")] == [True] * 3
        assert [bool(p.phone_blind) for p in Person.objects.order_by("id")] == [True, False, False]
    assert outcome.unread == ["户别"]


def test_a_list_of_heads_is_a_list_of_people(tmp_path: Path) -> None:
    heads = ["楼号", "房号", "户主姓名", "户主身份证号", "户主电话"]
    outcome = imported(workbook(tmp_path / "a.xlsx", [["3", "502", "张三", RICS["张三"], "13800000000"]], heads))
    assert counts(outcome) == (1, 0, 0, 0, 0) and registered() == [("张三", "户主", "3号楼502")]


def test_beside_a_name_the_head_only_says_whose_household_it_is(tmp_path: Path) -> None:
    heads = ["楼号", "房号", "户主姓名", "2、姓名", "身份证号"]
    rows = [["3", "502", "张三", "张三", RICS["张三"]], ["3", "502", "张三", "李四", RICS["李四"]]]
    outcome = imported(workbook(tmp_path / "a.xlsx", rows, heads))
    assert counts(outcome)[0] == 2 and outcome.unread == ["户主姓名"]


@pytest.mark.parametrize("note", [
    ["填写说明", "如3号楼", "如2", "如502", "必填", "男/女", "18位", "11位"],
    ["", "如3号楼", "如2", "如502", "如张三", "", "", ""],
    ["示例", "3号楼", "2", "502", "张三", "男", RICS["张三"], "13800000000"],
])
def test_the_row_that_says_how_to_fill_in_is_nobody(tmp_path: Path, note: list[str]) -> None:
    heads = ["序号", "楼栋", "单元", "房号", "姓名", "性别", "身份证号", "电话"]
    rows = [note, ["1", "3号楼", "2", "502", "如意", "女", "", ""], ["2", "3号楼", "2", "503", "如歌", "女", "", ""]]
    outcome = imported(workbook(tmp_path / "a.xlsx", rows, heads))
    assert counts(outcome) == (2, 0, 0, 0, 0) and outcome.counts["left_out"] == {"note": 1}


def on_the_command_line(path: Path, capsys: pytest.CaptureFixture[str], *words: str, to: int = HONGQIAO,
                        what: str = "people") -> dict:
    """What the command prints as JSON; its progress is under `err`."""
    parser = argparse.ArgumentParser()
    cli.register(parser)
    said = [what, str(path), "--community", str(to), "--json", *words]
    with acting(system_actor()):
        place = Area.of(HONGQIAO)
        Division.objects.get_or_create(code=HONGQIAO, name="宏侨社区", level=5, lo=place.lo, hi=place.hi)
    assert cli.bring_in(parser.parse_args(said)) == 0
    printed = capsys.readouterr()
    return json.loads(printed.out) | {"err": printed.err}


DOORS = ["楼栋", "房号", "姓名", "身份证号"]
MANY = [["3号楼", str(100 + n), f"某{n:02}", ""] for n in range(60)]


def test_everybody_who_disappeared_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    on_the_command_line(workbook(tmp_path / "a.xlsx", MANY, DOORS), capsys, "--source", "物业")
    marked = tmp_path / "marked.xlsx"
    said = on_the_command_line(workbook(tmp_path / "b.xlsx", MANY[:1], DOORS), capsys, "--source", "物业",
                               "--errors", str(marked))  # fmt: skip
    assert said["disappeared"] == 59 and said["disappeared_people"][58] == {"name": "某59", "door": "3号楼159"}
    gone = openpyxl.load_workbook(marked)["这次没有的人"]
    assert [cell.value for cell in gone[1]] == ["姓名", "住处"] and gone.max_row == 60
    assert [cell.value for cell in gone[2]] == ["某01", "3号楼101"]


def test_the_page_names_them_and_the_workbook_names_them_all(tmp_path: Path, settings) -> None:
    settings.HOME, carol = tmp_path, browser(CAROL)
    imported(workbook(tmp_path / "花名册.xlsx", [*MANY, *[["4号楼", n, f"邻{n}", ""] for n in range(60)]], DOORS))
    upload(carol, workbook(tmp_path / "b.xlsx", MANY[:1], DOORS))
    with acting(CAROL):
        run = ImportRun.objects.get(state=ImportRun.State.UPLOADED)
    work(run, write=False)
    page = carol.get(f"/imports/{run.id}").content.decode()
    assert "某59" in page and "还有 19 人" in page
    book = openpyxl.load_workbook(BytesIO(carol.get(f"/imports/{run.id}/refused.xlsx").content))
    assert book["这次没有的人"].max_row == 120


def test_the_command_says_which_cells_are_refused_what_it_did_not_read_and_how_far_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [[1, "3号楼", "502", "张三", "110101199001011234"], [2, "3号楼", "503", "李四", ""]]
    said = on_the_command_line(workbook(tmp_path / "a.xlsx", rows, ["序号", *DOORS]), capsys)
    (cell,) = said["refused_cells"]
    assert (said["refused"], cell["row"], cell["column"]) == (1, 3, "身份证号") and "校验" in cell["reason"]
    assert said["unread"] == ["序号"] and said["disappeared_people"] == []
    assert "正在读取 2 / " in said["err"] and "import_" not in said["err"]


def test_nobody_moves_into_a_place_that_does_not_exist(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Refused, match="place_unknown"):
        on_the_command_line(workbook(tmp_path / "a.xlsx", MANY, DOORS), capsys, to=999999999999)
    with acting(system_actor()):
        assert not Person.objects.exists() and not Grid.objects.filter(code__gte=999999999999000).exists()


ODD = ["楼栋", "房号", "甲", "乙"]
PAIRS = [["3号楼", "502", "张三", "李四"]]


def mapped(name: int) -> list[list]:
    return [[0, "building"], [1, "room"], [name, "name"]]


def test_a_mapping_is_remembered_for_its_source_and_not_for_another_with_the_same_headings(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", PAIRS, ODD)
    imported(path, source="物业", mapping=mapped(2))
    imported(path, source="学校", mapping=mapped(3))
    assert imported(path, source="物业", dry_run=True).mapping == mapped(2)
    assert imported(path, source="学校", dry_run=True).mapping == mapped(3)
    with pytest.raises(Refused, match="import_which_source") as refused:
        imported(path, mapping=mapped(2))
    assert "物业、学校" in refused.value.message or "学校、物业" in refused.value.message


def test_the_page_offers_the_sources_whose_lists_have_these_headings(tmp_path: Path, settings) -> None:
    settings.HOME, carol, heads = tmp_path, browser(CAROL), ["楼栋", "房号", "姓名", "乙"]
    path = workbook(tmp_path / "a.xlsx", PAIRS, heads)
    imported(path, source="物业", mapping=mapped(2))
    imported(path, source="学校", mapping=mapped(3))
    page = upload(carol, path).url
    shown = carol.get(page).content.decode()
    assert "物业" in shown and "学校" in shown and 'name="source" maxlength="60" required value=""' in shown
    school = carol.get(page, {"source": "学校"}).content.decode()
    assert 'value="学校"' in school and selected(school, 3) == "name" and selected(school, 2) == ""
    assert selected(carol.get(page, {"source": "物业"}).content.decode(), 2) == "name"


def selected(page: str, place: int) -> str:
    (options,) = re.findall(rf'<select[^>]*name="col-{place}">(.*?)</select>', page)
    return next(iter(re.findall(r'value="(\w+)" selected', options)), "")


def test_a_sheet_whose_header_nobody_recognises_is_mapped_by_hand(tmp_path: Path, settings) -> None:
    settings.HOME, carol = tmp_path, browser(CAROL)
    page = upload(carol, workbook(tmp_path / "a.xlsx", [["3号楼", "502", "张三"]], ["甲", "乙", "丙"])).url
    shown = carol.get(page).content.decode()
    assert "哪一行是表头" in shown and "丙" in shown
    assert carol.post(f"{page}/header", {"sheet": "花名册", "row": "2"}).status_code == 302
    assert "丙" in carol.get(page).content.decode()
    chosen = {"sheet": "花名册", "source": "物业", "col-0": "building", "col-1": "room", "col-2": "name"}
    assert carol.post(f"{page}/try", chosen).status_code == 302
    work(only_run(), write=False)
    work(only_run(), write=True)
    assert registered() == [("张三", "", "3号楼502")]
