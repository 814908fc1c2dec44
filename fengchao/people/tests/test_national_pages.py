"""The pages on which a newer file of the register is uploaded, looked at, decided and taken over."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fengchao.areas.models import Difference, Division, NationalFile
from fengchao.areas.tests.national import Rows, of_home, renumbered, tsv
from fengchao.areas.tests.regridding import Ground, lay, misplaced, where
from fengchao.testing import ALICE, CAROL, DAVE, FRANK, HONGQIAO, browser

pytestmark = pytest.mark.django_db
HERE = "/areas/national?area=350181005"


@pytest.fixture
def ground(db) -> Ground:
    return lay()


def upload(client, rows: Rows | bytes, **more) -> str:
    content = rows if isinstance(rows, bytes) else tsv(rows)
    form = {"file": SimpleUploadedFile("2024.csv", content), "source": "国家统计局", "as_of": "2024-06-30"} | more
    answer = client.post(HERE, form)
    assert answer.status_code == 302, answer.content.decode()[-1500:]
    return answer["Location"]


def test_a_file_is_looked_at_decided_taken_and_its_plan_carried_out(ground):
    dave = browser(DAVE)
    rows = of_home() | {"350181005044": "别的社区居委会"}
    del rows[str(HONGQIAO)]
    address = upload(dave, rows)
    shown = dave.get(address).content.decode()
    assert "要您选定" in shown and "新区划里没有同名的地方" in shown and "350181005044" in shown
    assert dave.post(f"{address}/take").status_code == 409, "not before it is decided"
    row = Difference.objects.get(kind="gone")
    answer = dave.post(f"{address}/choose", {"difference": row.id, "becomes": "", "other": "350181005044"}, follow=True)
    assert answer.status_code == 200 and "有人选定" in answer.content.decode()
    shown = dave.post(f"{address}/take", follow=True).content.decode()
    assert "1 份方案" in shown and "已采用" in shown
    row.refresh_from_db()
    plan = f"/areas/regridding/{row.regridding_id}"
    assert plan in shown and "350181005044001" in dave.get(plan).content.decode()
    dave.post(f"{plan}/now")
    assert where(ground.one) == 350181005044001 and misplaced() == 0
    assert "国家统计局" in dave.get(HERE).content.decode()


def test_a_file_that_says_nothing_new_says_so_and_one_given_up_changes_nothing(ground):
    dave = browser(DAVE)
    assert "完全一致" in dave.get(upload(dave, of_home())).content.decode()
    address = upload(dave, renumbered(of_home(), str(HONGQIAO), "350181005044"))
    dave.post(f"{address}/drop")
    assert NationalFile.objects.filter(state="dropped").count() == 1
    assert not Division.objects.filter(code=350181005044).exists()
    assert dave.post(f"{address}/take").status_code == 409


@pytest.mark.parametrize(("form", "sentence"), [
    ({"source": ""}, "请填写名称"), ({"as_of": ""}, "数据截止日期"), ({"as_of": "2999-01-01"}, "数据截止日期"),
    ({"file": ""}, "文件"), ({"file": SimpleUploadedFile("a.csv", b"35,x\n35,y\n")}, "出现了两次"),
    ({"file": SimpleUploadedFile("a.csv", "代码,名称\n35018100500,短了一位\n".encode())}, "第 2 行"),
])
def test_a_wrong_form_is_answered_in_words(ground, form, sentence):
    answer = browser(DAVE).post(HERE, {
        "file": SimpleUploadedFile("2024.csv", tsv(of_home())), "source": "国家统计局", "as_of": "2024-06-30"} | form)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert not NationalFile.objects.exists()


def test_nobody_else_opens_or_decides_it(ground):
    address = upload(browser(DAVE), renumbered(of_home(), str(HONGQIAO), "350181005044"))
    row = Difference.objects.get(kind="gone")
    for who, status in ((CAROL, 404), (ALICE, 403), (FRANK, 403)):
        client = browser(who)
        assert client.get(address).status_code == status
        assert client.post(f"{address}/take").status_code == status
        assert client.post(f"{address}/choose", {"difference": row.id, "becomes": "0"}).status_code == status
    other = browser(DAVE)
    assert other.post(f"{address}/choose", {"difference": "9" * 30, "becomes": "0"}).status_code == 404
    assert other.post(f"{address}/choose", {"difference": row.id, "becomes": "-1"}).status_code == 422
    assert other.post(f"{address}/choose", {"difference": row.id, "other": "35018100504x"}).status_code == 422
