"""The pages on which grids are cut anew: a plan, its preview, its decision, the way back."""

import re
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fengchao.accounts.models import Duty
from fengchao.areas.jobs import perform
from fengchao.areas.models import Division, Grid, Regridding
from fengchao.areas.tests.regridding import Ground, lay, misplaced, where
from fengchao.base import clock
from fengchao.base.actor import system_actor
from fengchao.base.jobs import run_here
from fengchao.base.models import Progress
from fengchao.base.scope import acting
from fengchao.people.importing.actions import import_people
from fengchao.people.models import Building
from fengchao.testing import ALICE, CAROL, DAVE, FRANK, GRID, HONGQIAO, NEXT_GRID, actor, browser

pytestmark = pytest.mark.django_db
NEW, SHEET = f"/areas/regridding/new?area={HONGQIAO}", f"/areas/regridding/sheet.xlsx?area={HONGQIAO}"
THIRD = GRID + 2


@pytest.fixture
def ground(db) -> Ground:
    return lay()


def plan(ground: Ground, client=None, **more) -> str:
    answer = (client or browser(CAROL)).post(NEW, {f"to-{ground.two.id}": "银杏", "title": "分格"} | more)
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return answer["Location"]


def test_a_small_change_is_planned_previewed_carried_out_and_undone_on_the_page(ground):
    carol = browser(CAROL)
    assert "2号楼" in carol.get(NEW).content.decode()
    address = plan(ground, carol)
    shown = carol.get(address).content.decode()
    assert "银杏" in shown and str(THIRD) in shown and "Alice" in shown
    keys = [f"{duty.id}:{THIRD}" for duty in Duty.objects.filter(user_id__in=(ALICE.id,))]
    assert where(ground.two) == GRID
    asked = {"asked": keys, "follow": []}
    assert carol.post(f"{address}/now", asked, follow=True).status_code == 200
    assert where(ground.two) == THIRD and misplaced() == 0
    assert not Duty.objects.filter(user_id=ALICE.id, lo=THIRD).exists(), "what was not ticked is not given"
    assert "撤销" in carol.get(address).content.decode()
    carol.post(f"{address}/undo")
    assert where(ground.two) == GRID
    assert "已撤销" in carol.get(f"/areas/regridding?area={HONGQIAO}").content.decode()


def test_grids_are_renamed_in_a_plan_previewed_and_named_as_before_when_it_is_undone(ground):
    carol = browser(CAROL)
    address = plan(ground, carol, **{f"name-{GRID}": "梧桐里", f"name-{NEXT_GRID}": "第2网格"})
    shown = carol.get(address).content.decode()
    assert "改名 1 个" in shown and "第1网格" in shown and "梧桐里" in shown
    assert Grid.objects.get(code=GRID).name == "第1网格"
    carol.post(f"{address}/now")
    assert Grid.objects.get(code=GRID).name == "梧桐里" and where(ground.two) == THIRD
    shown = carol.get(address).content.decode()
    assert "第1网格" in shown and "梧桐里" in shown, "what it was called before stays to be read"
    carol.post(f"{address}/undo")
    assert Grid.objects.get(code=GRID).name == "第1网格"


def test_a_name_alone_is_a_plan_and_a_grid_that_ends_gets_none(ground):
    carol = browser(CAROL)
    answer = carol.post(NEW, {f"name-{GRID}": "梧桐里"})
    carol.post(f"{answer['Location']}/now")
    assert Grid.objects.get(code=GRID).name == "梧桐里"
    assert carol.post(NEW, {f"name-{GRID}": "梧桐里"}).status_code == 422, "nothing to do"
    assert carol.post(NEW, {f"name-{GRID}": "银杏里", f"grid-{GRID}": "第2网格"}).status_code == 422


def test_a_large_change_is_a_job_whose_progress_the_page_shows_and_nobody_confirms_it_twice(ground, monkeypatch):
    monkeypatch.setattr("fengchao.people.views.regridding.LONG", 5)
    carol = browser(CAROL)
    address = plan(ground, carol)
    carol.post(f"{address}/now")
    assert where(ground.two) == GRID, "not yet"
    shown = carol.get(address).content.decode()
    assert "/progress/" in shown and "立即执行" not in shown
    job = Progress.objects.get(kind="areas.regridding")
    steps = []
    with acting(CAROL):
        row = Regridding.objects.get()
    run_here(perform, by=CAROL, regridding=str(row.id), deed="now", report=lambda *how: steps.append(how[:2]))
    assert where(ground.two) == THIRD and steps[-1][0] == steps[-1][1] and len(steps) > 10
    Progress.objects.filter(id=job.id).update(state="done", finished=clock.now())
    shown = carol.get(address).content.decode()
    assert "/progress/" not in shown and "撤销" in shown


def test_a_whole_grid_is_merged_by_one_word(ground):
    carol = browser(CAROL)
    answer = carol.post(NEW, {f"grid-{GRID}": "第2网格"})
    carol.post(f"{answer['Location']}/now")
    assert (where(ground.one), where(ground.two)) == (NEXT_GRID, NEXT_GRID)
    assert Grid.objects.get(code=GRID).until is not None


def test_a_workbook_says_for_every_building_where_it_shall_be(ground):
    carol = browser(CAROL)
    book = openpyxl.load_workbook(BytesIO(b"".join(carol.get(SHEET).streaming_content)))
    sheet = book.active
    wanted = {"1号楼": "51", "2号楼": "银杏苑", "3号楼": ""}
    for row in sheet.iter_rows(min_row=3):
        row[7].value = wanted[row[4].value]
    file = BytesIO()
    book.save(file)
    answer = carol.post(SHEET, {"file": SimpleUploadedFile("plan.xlsx", file.getvalue()), "title": "44 变 99"})
    assert answer.status_code == 302, answer.content.decode()[-1500:]
    carol.post(f"{answer['Location']}/now")
    assert (where(ground.one), where(ground.next)) == (HONGQIAO * 1000 + 51, NEXT_GRID)
    assert Grid.objects.get(code=where(ground.two)).name == "银杏苑" and misplaced() == 0


@pytest.mark.parametrize(("text", "code"), [
    ("楼栋,新网格\n1号楼,银杏\n", 302),
    ("楼栋,新网格\n99号楼,银杏\n", 422),
    ("楼栋,新网格\n1号楼,银杏\n1号楼,梧桐\n", 422),
    ("楼栋,户数\n1号楼,3\n", 422),
    ("楼栋,新网格\n1号楼,\n", 422),
    ("", 422),
    ("楼栋,新网格\n4号楼,银杏\n", 422),
])
def test_a_list_somebody_made_by_hand_is_read_or_refused_with_its_line(text, code, ground):
    answer = browser(CAROL).post(SHEET, {"file": SimpleUploadedFile("plan.csv", text.encode())})
    assert answer.status_code == code, "4号楼 stands in Frank's community"


def test_a_day_to_come_is_given_and_a_plan_is_given_up(ground):
    carol = browser(CAROL)
    address = plan(ground, carol)
    assert carol.post(f"{address}/schedule", {"day": "2020-01-01"}).status_code == 422
    day = clock.today() + timedelta(days=30)
    assert carol.post(f"{address}/schedule", {"day": f"{day}"}).status_code == 302
    assert f"{day}" in re.sub(r'value="[^"]*"', "", carol.get(address).content.decode())
    carol.post(f"{address}/drop")
    assert carol.post(f"{address}/now").status_code == 409


def test_a_street_founds_a_community_of_existing_grids(ground):
    dave = browser(DAVE)
    new = "/areas/regridding/new?area=350181005"
    assert "第2网格" in dave.get(new).content.decode()
    answer = dave.post(new, {"name": "新社区筹备组", "grid": [str(NEXT_GRID)]})
    dave.post(f"{answer['Location']}/now")
    founded = Division.objects.get(name="新社区筹备组")
    assert founded.forming and where(ground.next) == founded.lo + 1
    assert dave.post(new, {"name": "空的"}).status_code == 422


def test_a_plan_of_a_place_one_does_not_manage_is_not_found(ground):
    address = plan(ground)
    neighbour = actor("Judy", 10, ("community_secretary", 350181005001))
    assert browser(neighbour).get(address).status_code == 404
    assert browser(neighbour).post(f"{address}/now").status_code == 404
    assert browser(FRANK).get(address).status_code == 403
    with acting(system_actor()):
        assert Regridding.objects.get().state == "planned"


def test_a_list_with_the_old_numbers_puts_a_new_building_where_its_grid_went(ground, tmp_path):
    carol = browser(CAROL)
    answer = carol.post(NEW, {f"grid-{GRID}": "梧桐"})
    carol.post(f"{answer['Location']}/now")
    path = tmp_path / "old.csv"
    path.write_text(f"网格,楼栋,单元,房号,姓名\n{GRID},9号楼,1,101,新住户\n{GRID},1号楼,1,102,老楼新户\n")
    with acting(CAROL):
        import_people(by=CAROL, community=HONGQIAO, path=path)
        assert Building.objects.get(name="9号楼").grid == THIRD
    assert misplaced() == 0
