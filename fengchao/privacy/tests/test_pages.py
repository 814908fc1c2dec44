import ast
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from fengchao.base import audit, clock
from fengchao.base.actor import system_actor
from fengchao.base.deeds import DEEDS, DETAILS
from fengchao.base.errors import Refused
from fengchao.base.ids import uuid7
from fengchao.base.jobs import run_here
from fengchao.base.models import AuditEntry, AuditSeal, Progress
from fengchao.base.scope import acting
from fengchao.people.actions import add_person
from fengchao.privacy.jobs import erase, verify
from fengchao.privacy.showing import lines, place_code
from fengchao.testing import ALICE, CAROL, DAVE, FRANK, GRACE, GRID, browser, user_of
from fengchao.work.actions import accept, close
from fengchao.work.models import Campaign
from fengchao.work.tests.conftest import campaign, doors, saw, town  # noqa: F401

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
WRITERS = {"write_one", "Deed"}


def zh(actor):
    return browser(actor, **{"accept-language": "zh"})


def text(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def person(doors):  # noqa: F811
    with acting(CAROL):
        return add_person(by=CAROL, dwelling=doors[0].dwelling, name="示例甲", phone="19900001234")


def test_a_number_is_shown_once_and_kept_nowhere(person):
    response = zh(ALICE).post(f"/register/people/{person.id}/reveal/phone", {"purpose": "contact"})
    assert text(response).strip() == "19900001234" and response["Cache-Control"] == "no-store"


def test_the_person_can_be_shown_who_looked_and_what_for(person):
    zh(ALICE).post(f"/register/people/{person.id}/reveal/phone", {"purpose": "other", "note": "送药上门"})
    page = text(zh(CAROL).get(f"/register/people/{person.id}/access"))
    assert all(words in page for words in ("Alice", "电话", "送药上门")) and "19900001234" not in page
    assert zh(FRANK).get(f"/register/people/{person.id}/access").status_code == 404


def test_a_person_page_offers_the_purposes(person):
    page = text(zh(ALICE).get(f"/register/people/{person.id}"))
    assert 'value="urgent_help"' in page and f"/register/people/{person.id}/access" in page


def test_a_close_out_goes_through_two_pairs_of_hands_to_a_certificate(campaign, doors):  # noqa: F811
    user_of(GRACE)
    with acting(ALICE):
        accept([saw(doors[0], "met", note="独居")], by=ALICE)
    with acting(CAROL):
        close(by=CAROL, campaign=campaign.id)
        Campaign.objects.filter(id=campaign.id).update(expires=clock.today() - timedelta(days=1))
    grace, carol, at = zh(GRACE), zh(CAROL), f"/close-outs/{campaign.id}"
    assert "已到期" in text(grace.get("/close-outs"))
    assert "要由另一个人批准" in text(grace.post(f"{at}/count", follow=True))
    assert grace.post(f"{at}/approve").status_code == 403
    assert "删除资料" in text(carol.post(f"{at}/approve", follow=True))
    assert "正在删除" in text(carol.post(f"{at}/erase", follow=True))
    assert run_here(erase, by=CAROL, campaign=str(campaign.id)) == {"records": 1}
    assert "请打印证明存档" in text(carol.get(at))
    assert carol.post(f"{at}/erase").status_code == 409
    page = text(carol.get(f"{at}/certificate"))
    assert "销毁证明" in page and "备注 1 条" in page and "Grace" in page


def test_the_trail_is_searched_by_deed_and_by_day(campaign):  # noqa: F811
    dave = zh(DAVE)
    assert "发起走访" in text(dave.get("/audit?action=declare"))
    assert "没有这样的操作" in text(dave.get("/audit?action=erase"))
    tomorrow = clock.today() + timedelta(days=1)
    assert "没有这样的操作" in text(dave.get(f"/audit?from={tomorrow}"))
    assert str(campaign.id) in text(dave.get(f"/audit?object={campaign.id}&until={tomorrow}&actor="))


@pytest.mark.parametrize(("grid", "words"), [
    (0, ""), (GRID, str(GRID)), (350181005004000, "350181005004"), (350181005000000, "350181005")])
def test_a_deed_is_placed_by_the_shortest_code_that_says_where(grid, words):
    assert place_code(grid) == words


def test_the_trail_is_read_in_words_and_not_in_codes_and_ids(person, campaign):  # noqa: F811
    user_of(CAROL)
    at = GRID // 1000
    with acting(CAROL):
        audit.write_one("emergency_look", person.id, by=CAROL, grid=GRID, page="person", person=person.id)
        audit.write_one("emergency_begun", uuid7(), by=CAROL, grid=GRID, area=at, reason="missing", user=CAROL.id)
        audit.write_one("escalate", "work", by=CAROL, grid=GRID, tasks=3)
        audit.write_one("declare", campaign.id, by=CAROL, grid=GRID, lo=at * 1000, hi=at * 1000 + 1000)
        looked, begun, raised, declared = lines(AuditEntry.objects.order_by("-id")[:4][::-1])
    assert ("页面", "一个人") in looked.detail and looked.object == f"…{str(person.id)[-6:]}"
    assert {"寻找失联人员", "Carol"} <= {value for _, value in begun.detail}
    assert begun.detail[0][1].endswith(str(at)) and begun.place and begun.code == str(GRID)
    assert not raised.object and not raised.href
    assert declared.href == f"/campaigns/{campaign.id}" and str(at) in declared.detail[0][1]


def test_a_deed_leads_to_what_it_was_done_to(person):
    dave = zh(DAVE)
    assert f'href="/register/people/{person.id}"' in text(dave.get("/audit?action=add_person"))


def test_the_trail_of_somebody_is_found_by_name(campaign):  # noqa: F811
    user_of(CAROL)
    dave = zh(DAVE)
    assert str(campaign.id) in text(dave.get("/audit?actor=Carol"))
    assert "没有这样的操作" in text(dave.get("/audit?actor=Nobody"))


def test_the_page_says_whether_the_trail_is_whole(campaign):  # noqa: F811
    dave = zh(DAVE)
    assert "正在验证" in text(dave.post("/audit/verify", follow=True))
    with acting(DAVE):
        Progress.objects.update(state="done", finished=clock.now(), result=run_here(verify, by=DAVE))
    assert "日志完整" in text(dave.get("/audit"))
    assert "日志完整" not in text(zh(GRACE).get("/audit"))  # each sees what they asked for


def test_a_verification_says_how_far_it_is_and_where_the_trail_is_broken(campaign):  # noqa: F811
    empty = sha256(bytes(32)).digest()
    AuditSeal.objects.create(lo=0, hi=1, entries=0, previous=bytes(32), hash=empty)
    forged = AuditSeal.objects.create(lo=1, hi=2, entries=0, previous=empty, hash=bytes(32))
    seen = []
    found = run_here(verify, by=DAVE, report=lambda done, total, message="": seen.append((done, total)))
    assert found == {"whole": False, "seals": 1, "entries": 0, "broken_at": forged.id}
    assert seen == [(0, 0)]


def test_a_grid_worker_cannot_have_the_trail_verified():
    with pytest.raises(Refused, match="not_allowed"):
        run_here(verify, by=ALICE)


def test_the_trail_shows_nothing_from_outside_ones_area():
    with acting(system_actor()):
        audit.write_one("record", "far away", by=system_actor(), grid=110101001001001)
        audit.write_one("record", "right here", by=system_actor(), grid=GRID)
        assert AuditEntry.objects.count() == 2
    page = text(zh(DAVE).get("/audit"))
    assert "right here" in page and "far away" not in page


def test_what_is_written_into_the_trail_is_read_in_words():
    """Every deed and every detail that some action writes down has its words in the deeds.py of its noun."""
    calls = [node for path in ROOT.rglob("*.py") if "tests" not in path.parts
             for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    written = [node for node in calls if getattr(node.func, "id", getattr(node.func, "attr", "")) in WRITERS]
    deeds = {node.args[0].value for node in written if node.args and isinstance(node.args[0], ast.Constant)}
    details = {keyword.arg for node in written for keyword in node.keywords if keyword.arg} - {"by", "grid"}
    details |= {key.value for node in written for detail in node.args if isinstance(detail, ast.Dict)
                for key in detail.keys if isinstance(key, ast.Constant)}
    assert deeds > {"declare", "erase", "regridded"} and deeds - set(DEEDS) == set()
    assert details > {"records", "role", "opened"} and details - set(DETAILS) == set()
