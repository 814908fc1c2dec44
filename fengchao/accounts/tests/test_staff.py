"""A staff list: one workbook opens accounts, gives duties and closes the accounts of those who left."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fengchao.accounts.actions.shifting import shift_lists, shift_lists_back
from fengchao.accounts.models import Duty, User
from fengchao.accounts.queries import actor_of, duties_of
from fengchao.accounts.staff.actions import forget_old
from fengchao.accounts.staff.columns import ROLE_WORDS, columns
from fengchao.accounts.staff.models import StaffList
from fengchao.areas.national.standing import Shift
from fengchao.base import clock
from fengchao.base.actor import system_actor
from fengchao.base.ids import uuid7
from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.sheets.writing import export
from fengchao.testing import ALICE, BOB, CAROL, DAVE, FRANK, GRID, HEIDI, HONGQIAO, NEXT_GRID, browser

pytestmark = pytest.mark.usefixtures("cast")
HEAD = "用户名,姓名,手机号,所在单位,角色,负责的地方,开始日期,结束日期\n"


@pytest.fixture(autouse=True)
def at_home(cast):
    """Alice and Bob belong to Hongqiao, Frank to the community next door."""
    User.objects.filter(id__in=[ALICE.id, BOB.id]).update(home_lo=HONGQIAO * 1000, home_hi=(HONGQIAO + 1) * 1000)
    User.objects.filter(id=FRANK.id).update(home_lo=350181005001000, home_hi=350181005002000)


def uploaded(client: Client, rows: str, *, area: int = HONGQIAO, whole: bool = False, content: bytes = b"") -> str:
    """The address of the list's page."""
    file = SimpleUploadedFile("人员.csv", content or (HEAD + rows).encode())
    answer = client.post("/staff/upload", {"file": file, "area": area, "whole": "yes" if whole else "no"})
    assert answer.status_code == 302, text(answer)
    return answer["Location"]


def confirmed(client: Client, address: str):
    digest = re.search(r'name="digest" value="(\w+)"', text(client.get(address)))[1]
    return client.post(f"{address}/confirm", {"digest": digest})


def text(response) -> str:
    return response.content.decode()


def test_nothing_is_written_until_it_is_confirmed():
    carol = browser(CAROL)
    before = User.objects.count(), Duty.objects.count()
    page = text(carol.get(uploaded(carol, f"walter,王五,13900000001,居委会,网格员,{NEXT_GRID},,\n")))
    assert "王五" in page and "网格员 第二网格" in page
    assert (User.objects.count(), Duty.objects.count()) == before


def test_new_people_get_an_account_their_duties_and_a_slip_with_a_one_time_password(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    carol = browser(CAROL)
    rows = f"Walter,王五,13900000001,居委会,网格员,第二网格,,2099-12-31\nwalter,王五,,,包保干部,{GRID},,\n"
    answer = confirmed(carol, uploaded(carol, rows))
    assert answer["Cache-Control"] == "no-store"
    given = re.search(r'fs-2">([a-z2-9-]{14})<', text(answer))[1]
    walter = User.objects.get(username="walter")
    assert {(d.role, d.lo) for d in duties_of(walter)} == {("grid_worker", NEXT_GRID), ("responsible_cadre", GRID)}
    assert (walter.home_lo, walter.check_password(given)) == (HONGQIAO * 1000, True)
    assert given not in str(StaffList.objects.values_list("sealed", "counts"))


def test_the_list_is_emptied_once_it_is_done_and_cannot_be_done_twice():
    carol = browser(CAROL)
    address = uploaded(carol, "walter,王五,,,,,,\n")
    confirmed(carol, address)
    assert bytes(StaffList.objects.get().sealed) == b""
    assert carol.get(address).status_code == 409


def test_a_list_that_nobody_confirms_is_emptied_after_three_days():
    carol = browser(CAROL)
    address = uploaded(carol, "walter,王五,,,,,,\n")
    with acting(system_actor()) as system:
        StaffList.objects.update(at=clock.now() - timedelta(days=4))
        assert forget_old(by=system) == 1
    with acting(CAROL):
        assert bytes(StaffList.objects.get().sealed) == b""
    assert carol.get(address).status_code == 409


def test_a_whole_list_closes_the_accounts_of_those_who_left_and_ends_their_duties():
    carol, bob = browser(CAROL), browser(BOB)
    address = uploaded(carol, f"alice,Alice,,,网格员,{GRID},,\n", whole=True)
    page = text(carol.get(address))
    assert "离开，停用" in page and "Bob" in page and "Frank" not in page
    confirmed(carol, address)
    left = User.objects.get(id=BOB.id)
    assert not left.is_active and not actor_of(left).grants and bob.get("/account").status_code == 302
    assert User.objects.get(id=ALICE.id).is_active and User.objects.get(id=FRANK.id).is_active


def test_a_part_of_the_list_closes_nobody():
    carol = browser(CAROL)
    confirmed(carol, uploaded(carol, "walter,王五,,,,,,\n"))
    assert User.objects.get(id=BOB.id).is_active and Duty.objects.filter(user_id=BOB.id, ended__isnull=True).exists()


def test_somebody_already_as_the_list_says_is_left_alone():
    carol = browser(CAROL)
    page = text(carol.get(uploaded(carol, f"alice,Alice,,,网格员,{GRID},,\n")))
    assert re.search(r"<b>1</b>\s*<span>没有变化", page) and 'name="digest"' not in page


def test_a_duty_that_is_not_in_a_whole_list_any_more_ends_and_another_begins():
    carol = browser(CAROL)
    rows = f"alice,Alice,,,网格员,{NEXT_GRID},,\nbob,Bob,,,网格员,{GRID},,2099-01-01\n"
    confirmed(carol, uploaded(carol, rows, whole=True))
    assert [d.lo for d in duties_of(User.objects.get(id=ALICE.id))] == [NEXT_GRID]
    assert [str(d.until) for d in duties_of(User.objects.get(id=BOB.id))] == ["2099-01-01"]


@pytest.mark.parametrize(("row", "words"), [
    ("w,王五,,,,,,", "用户名请用"), ("walter,王五,,,网格长,,,", "不认识"), ("walter,王五,,,网格员,,,", "一起填"),
    ("walter,王五,,,网格员,第九网格,,", "没有这个网格"), (f"walter,王五,,,社区书记,{HONGQIAO},,", "不能给出"),
    (f"walter,王五,,,网格员,{GRID},,2020-01-01", "结束日期"), (f"walter,王五,123,,网格员,{GRID},,", "电话"),
    (f"walter,王五,,,网格员,{GRID},2099-01-01,", "开始日期太远"),
    (f"frank,Frank,,,网格员,{GRID},,", "不归您管理"), (f"carol,Carol,,,网格员,{GRID},,", "自己的账号"),
    ("walter,王五,,,,,,\nwalter,赵六,,,,,,", "姓名不同"), (f",王五,,,网格员,{GRID},,", "没有填写"),
])
def test_a_row_that_cannot_be_followed_is_refused_in_words_and_its_person_left_as_they_are(row, words):
    carol = browser(CAROL)
    page = text(carol.get(uploaded(carol, row + "\n", whole=True)))
    assert words in page and "确认，照这样改" not in page.split("离开，停用")[0]


def test_a_captain_stands_in_a_whole_list_without_a_role_and_keeps_the_building(cast):
    building = uuid7()
    Duty.objects.create(user_id=BOB.id, role="building_captain", lo=GRID, hi=GRID + 1, building=building)
    carol = browser(CAROL)
    confirmed(carol, uploaded(carol, f"bob,Bob,,,,,,\nalice,Alice,,,网格员,{GRID},,\n", whole=True))
    assert [d.building for d in duties_of(User.objects.get(id=BOB.id))] == [building]


def test_a_row_that_names_nobody_lets_nobody_have_left():
    carol = browser(CAROL)
    page = text(carol.get(uploaded(carol, f"alice,Alice,,,网格员,{GRID},,\n,王五,,,,,,\n", whole=True)))
    assert "不停用任何人" in page and 'id="left"' not in page


def test_the_empty_workbook_is_read_back():
    target = BytesIO()
    export(target, title="人员名单", columns=columns(), rows=[
        ["walter", "王五", "13900000001", "", "网格员", str(GRID), clock.today(), clock.today() + timedelta(days=9)]])
    carol = browser(CAROL)
    confirmed(carol, uploaded(carol, "", content=target.getvalue()))
    assert duties_of(User.objects.get(username="walter")).get().until == clock.today() + timedelta(days=9)


def test_every_role_but_the_captain_can_be_written_in_a_list():
    from fengchao.accounts.roles import ROLES

    assert set(ROLE_WORDS.values()) == set(ROLES) - {"building_captain"}
    assert {str(ROLES[code].name) for code in ROLE_WORDS.values()} == set(ROLE_WORDS)


def test_three_hundred_people_cost_a_handful_of_statements(django_assert_max_num_queries):
    carol = browser(CAROL)
    rows = "".join(f"worker{n},工作人员{n},1390000{n:04},,网格员,{GRID},,\n" for n in range(300))
    address = uploaded(carol, rows)
    carol.get(address)
    with django_assert_max_num_queries(60):
        assert confirmed(carol, address).status_code == 200
    with acting(system_actor()):
        assert AuditEntry.objects.filter(action="user_created").count() == 300


class TestAttacks:
    def test_a_list_for_a_place_that_is_not_ones_own_is_refused(self):
        file = SimpleUploadedFile("x.csv", HEAD.encode() + b"walter,W,,,,,,\n")
        assert browser(CAROL).post("/staff/upload", {"file": file, "area": 350206}).status_code == 403

    def test_nobody_confirms_or_sees_anothers_list(self):
        address = uploaded(browser(CAROL), "walter,王五,,,,,,\n")
        for other in (DAVE, HEIDI):
            assert browser(other).get(address).status_code == 404
            assert browser(other).post(f"{address}/confirm").status_code == 404

    def test_what_was_not_shown_is_not_done(self):
        carol = browser(CAROL)
        address = uploaded(carol, f"alice,Alice,,,网格员,{GRID},,\n", whole=True)
        digest = re.search(r'name="digest" value="(\w+)"', text(carol.get(address)))[1]
        User.objects.create(username="late", name="刚来的", home_lo=HONGQIAO * 1000, home_hi=(HONGQIAO + 1) * 1000)
        assert carol.post(f"{address}/confirm", {"digest": digest}).status_code == 409
        assert User.objects.get(username="late").is_active and User.objects.get(id=BOB.id).is_active

    def test_whoever_can_do_more_than_the_secretary_is_not_closed_by_her_list(self):
        User.objects.filter(id=DAVE.id).update(home_lo=HONGQIAO * 1000, home_hi=(HONGQIAO + 1) * 1000)
        carol = browser(CAROL)
        page = text(carol.get(uploaded(carol, f"alice,Alice,,,网格员,{GRID},,\n", whole=True)))
        assert "Dave" not in page

    def test_a_right_that_was_lost_since_the_upload_is_gone(self):
        carol = browser(CAROL)
        address = uploaded(carol, "walter,王五,,,,,,\n")
        digest = re.search(r'name="digest" value="(\w+)"', text(carol.get(address)))[1]
        Duty.objects.filter(user_id=CAROL.id).update(ended=clock.now())
        assert carol.post(f"{address}/confirm", {"digest": digest}).status_code == 403
        assert not User.objects.filter(username="walter").exists()

    def test_a_file_that_is_no_table_is_refused_in_words(self):
        file = SimpleUploadedFile("x.csv", b"%PDF-1.4")
        answer = browser(CAROL).post("/staff/upload", {"file": file, "area": HONGQIAO})
        assert answer.status_code == 422

    def test_an_account_that_can_do_more_is_not_taken_over_through_a_row(self):
        carol = browser(CAROL)
        for username, name in (("dave", "Dave"), ("heidi", "Heidi")):
            page = text(carol.get(uploaded(carol, f"{username},{name},,,网格员,{GRID},,\n")))
            assert "不归您管理" in page


def test_a_list_that_waits_goes_along_when_its_place_gets_another_number_and_comes_back_with_it():
    carol = browser(CAROL)
    address = uploaded(carol, "walter,王五,13900000001,居委会,网格员,第二网格,,\n")
    new = Area.of(350181005044)
    shift = Shift(Area.of(HONGQIAO), new, whole=True)
    for told, where in ((shift_lists, new), (shift_lists_back, shift.was)):
        with acting(system_actor()) as system:
            told([shift], system, uuid7())
            assert StaffList.objects.get().area == where
    assert "王五" in text(carol.get(address))


def test_of_a_place_that_was_merged_it_is_dropped_and_its_names_with_it():
    address = uploaded(browser(CAROL), "walter,王五,13900000001,居委会,网格员,第二网格,,\n", whole=True)
    with acting(system_actor()) as system:
        shift_lists([Shift(Area.of(HONGQIAO), Area.of(350181005001), whole=False, grids=((GRID, 350181005001002),))],
                    system, None)
        left = StaffList.objects.get()
    assert left.finished and not bytes(left.sealed)
    assert browser(DAVE).get(address).status_code in (404, 410)
