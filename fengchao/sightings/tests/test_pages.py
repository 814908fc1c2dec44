"""The page of what does not agree, a list on its way in, and the board."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengchao.base import clock
from fengchao.base.jobs import run_here
from fengchao.base.models import AuditEntry
from fengchao.base.scope import acting
from fengchao.people.importing.models import ImportRun
from fengchao.privacy.models import AccessLog
from fengchao.sightings.jobs import hold_list
from fengchao.sightings.models import Sighting
from fengchao.testing import ALICE, CAROL, DAVE, FRANK, HONGQIAO, browser

from .conftest import LIST, Homes, held, workbook

pytestmark = pytest.mark.django_db
PAGE = f"/seen?area={HONGQIAO}"


def text(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_a_list_goes_in_step_by_step(homes: Homes, tmp_path: Path) -> None:
    carol = browser(CAROL)
    assert "先导入一份外部名单" in text(carol.get(PAGE))
    file = SimpleUploadedFile("物业名单.xlsx", workbook(tmp_path / "a.xlsx", LIST).read_bytes())
    at = carol.post(f"/imports/upload?area={HONGQIAO}", {"file": file, "target": "sightings"}).url
    columns = text(carol.get(at))
    assert "不写进名册" in columns and f'action="{at}/try"' in columns and 'value="物业名单"' in columns
    with acting(CAROL):
        run = ImportRun.objects.get()
    assert carol.get(f"/seen/lists/{run.id}").url == at  # where it was, and where somebody may have kept it
    chosen = {f"col-{place}": name for place, name in run.mapping}
    assert carol.post(f"{at}/try", {"sheet": run.sheet, "source": "物业", **chosen}).url == at
    run_here(hold_list, by=CAROL, run=str(run.id), write=False)
    tried = text(carol.get(at))
    assert "确认保存" in tried and "无法和名册核对" in tried
    assert carol.get(f"{at}/refused.xlsx").content.startswith(b"PK")
    assert carol.post(f"{at}/confirm", {"purpose": ""}).status_code == 422
    said = {"purpose": "核对底数", "seen_on": str(clock.today()), "expires": str(clock.today() + timedelta(days=20))}
    assert carol.post(f"{at}/confirm", said).url == at
    run_here(hold_list, by=CAROL, run=str(run.id), write=True, **said)
    assert "看对不上的人" in text(carol.get(at))
    page = text(carol.get(PAGE))
    assert "周九" in page and "核对底数" in page and "推算在住" in page
    assert "物业" not in text(carol.get(f"/imports?area={HONGQIAO}"))  # the register's own imports are another list


def test_the_three_lists_and_what_is_said_of_each_line(homes: Homes, tmp_path: Path) -> None:
    held(tmp_path, [*LIST, ["1号楼", "1", "302", "李四", "", "19900000002"]])
    carol = browser(CAROL)
    page = text(carol.get(PAGE))
    assert "周九" in page and "110101********0037" in page and "110101198001010037" not in page
    assert "199****0009" in page and "19900000009" not in page
    assert "名册里没有这个门" in page and "住处不明" in page
    unseen = text(carol.get(f"{PAGE}&list=unseen"))
    assert "赵六" in unseen and "从未" in unseen and "王五" not in unseen
    assert "1号楼1单元302" in text(carol.get(f"{PAGE}&list=two"))
    assert "kind=unregistered_check" in page


def test_a_filtered_list_is_not_handed_out_as_if_it_were_the_whole(homes: Homes, tmp_path: Path) -> None:
    held(tmp_path)
    carol = browser(CAROL)
    shown = text(carol.get(f"{PAGE}&list=unseen&days=30"))
    assert "/campaigns/declare" not in shown and "清除筛选后" in shown
    assert "kind=unregistered_check&amp;door=unknown" in text(carol.get(f"{PAGE}&door=unknown"))
    for page in (PAGE, f"{PAGE}&list=unseen&days=90"):
        assert "/campaigns/declare" in text(carol.get(page))


def test_ticking_away_and_putting_back(homes: Homes, tmp_path: Path) -> None:
    held(tmp_path)
    carol = browser(CAROL)
    with acting(CAROL):
        row = Sighting.objects.get(name="周九")
    assert carol.post("/seen/dismiss", {"sighting": str(row.id), "next": PAGE}).url == PAGE
    assert "周九" not in text(carol.get(PAGE)) and "周九" in text(carol.get(f"{PAGE}&list=dismissed"))
    assert carol.post("/seen/dismiss", {"sighting": "nonsense"}).status_code == 400
    assert carol.post(f"/seen/reopen/{row.id}").status_code == 302
    assert "周九" in text(carol.get(PAGE))


def test_a_number_is_shown_for_a_purpose_and_the_look_is_kept(homes: Homes, tmp_path: Path) -> None:
    held(tmp_path)
    with acting(CAROL):
        row = Sighting.objects.get(name="周九")
    carol = browser(CAROL)
    assert carol.post(f"/register/people/{row.id}/reveal/phone", {}).status_code == 422
    assert "19900000009" in text(carol.post(f"/register/people/{row.id}/reveal/phone", {"purpose": "contact"}))
    assert carol.post(f"/register/people/{row.id}/reveal/hukou", {"purpose": "contact"}).status_code == 400
    assert browser(FRANK).post(f"/register/people/{row.id}/reveal/phone", {"purpose": "contact"}).status_code == 404
    with acting(CAROL):
        assert AccessLog.objects.get(person=row.id).what == "phone"
        assert AuditEntry.objects.filter(action="reveal", object=str(row.id)).count() == 1


def test_a_worker_sees_their_grid_and_not_the_communitys_own_list(homes: Homes, tmp_path: Path) -> None:
    held(tmp_path)
    page = text(browser(ALICE).get("/seen"))
    assert "周九" in page and "郑十一" not in page and "/imports/upload" not in page


def test_the_street_sees_all_its_communities_and_the_board_the_kept_figure(homes: Homes, tmp_path: Path) -> None:
    assert "推算在住" not in text(browser(CAROL).get(f"/board?area={HONGQIAO}"))
    held(tmp_path)
    board = text(browser(CAROL).get(f"/board?area={HONGQIAO}"))
    assert "名册 4 人" in board and "推算在住" in board and "各来源互不相关" in board
    assert "周九" in text(browser(DAVE).get(f"/seen?area={HONGQIAO // 1000}"))


def test_the_board_asks_one_thing_more_and_no_more(homes: Homes, tmp_path: Path) -> None:
    held(tmp_path)
    carol = browser(CAROL)
    carol.get(f"/board?area={HONGQIAO}")
    with CaptureQueriesContext(connection) as asked:
        carol.get(f"/board?area={HONGQIAO}")
    ours = [q["sql"] for q in asked if "sightings_" in q["sql"]]
    assert len(ours) == 1 and "sightings_estimate" in ours[0]
