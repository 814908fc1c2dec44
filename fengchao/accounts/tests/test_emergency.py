"""Looking where one has no duty: for a reason, for three hours, in the open, judged by somebody else."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from fengchao.accounts.emergency import actions
from fengchao.accounts.emergency.models import EmergencyAccess
from fengchao.accounts.emergency.queries import looks
from fengchao.accounts.models import Duty, User
from fengchao.accounts.queries import actor_of
from fengchao.base import clock
from fengchao.base.actor import Actor, system_actor
from fengchao.base.errors import Refused
from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.testing import ALICE, CAROL, DAVE, ERIN, FRANK, GRACE, GRID, HEIDI, HONGQIAO, browser, user_of

pytestmark = pytest.mark.usefixtures("cast")
REASON = {"reason": "missing", "words": "八旬老人走失，家属求助"}
REGISTER = f"/register?area={HONGQIAO}"


def opened(by: Actor = FRANK, area: int = HONGQIAO) -> EmergencyAccess:
    with acting(by):
        return actions.begin(by=by, where=Area.of(area), **REASON)


def opened_in_browser(by: Actor = FRANK, area: int = HONGQIAO) -> Client:
    client = browser(by)
    answer = client.post("/emergency", {"area": area, **REASON})
    assert answer["Location"] == f"/register?area={area}"
    return client


def passed(hours: int, **which: object) -> None:
    """Time goes by: everything opened so far was opened so many hours earlier."""
    back = timedelta(hours=hours)
    with acting(system_actor()):
        for row in EmergencyAccess.objects.filter(**which):
            EmergencyAccess.objects.filter(id=row.id).update(
                begun=row.begun - back, expires=row.expires - back, ended=row.ended and row.ended - back)


def text(response) -> str:
    return response.content.decode()


def test_a_place_without_duty_opens_for_three_hours_and_every_page_says_so():
    frank = browser(FRANK)
    assert frank.get(REGISTER).status_code == 404
    frank = opened_in_browser()
    for page in (REGISTER, "/matrix", "/account", "/emergency"):
        assert "自动结束" in text(frank.get(page)), page
    access = EmergencyAccess.objects.get()
    assert access.expires - access.begun < timedelta(hours=3, minutes=1)


def test_it_ends_by_itself_in_the_middle_of_the_session():
    frank = opened_in_browser()
    assert frank.get(REGISTER).status_code == 200
    passed(3)
    answer = frank.get(REGISTER)
    assert answer.status_code == 404 and "紧急查看已经结束" in text(answer)


def test_the_owner_is_told_on_the_next_page_and_nobody_else_is():
    opened()
    for told in (CAROL, DAVE, GRACE):
        assert "八旬老人走失" in text(browser(told).get("/matrix")), told.name
    for not_told in (ALICE, ERIN, HEIDI, FRANK):
        assert "八旬老人走失" not in text(browser(not_told).get("/matrix")), not_told.name


def test_whoever_opens_one_reads_who_was_told_of_it():
    page = text(browser(FRANK).post("/emergency", {"area": HONGQIAO, **REASON}, follow=True))
    assert "已通知 社区书记 Carol · 数据管理员 Grace · 街道干部 Dave" in page


def nobody_answers() -> None:
    for role in ("community_secretary", "data_steward", "street_officer"):
        Duty.objects.filter(role=role).update(ended=clock.now())


def test_where_nobody_answers_those_above_who_give_the_duties_are_told_and_judge():
    nobody_answers()
    frank = browser(FRANK)
    assert "已通知 系统管理员 Heidi" in text(frank.post("/emergency", {"area": HONGQIAO, **REASON}, follow=True))
    heidi, address = browser(HEIDI), f"/emergency/{EmergencyAccess.objects.get().id}"
    assert "八旬老人走失" in text(heidi.get("/matrix")) and "人房名册" in text(heidi.get(address))
    verdict = {"justified": "yes", "verdict": "问过家属，属实"}
    assert heidi.post(address, verdict, follow=True).status_code == 200
    with acting(system_actor()):
        assert EmergencyAccess.objects.get().reviewed_name == "Heidi"


def test_as_soon_as_somebody_answers_it_is_theirs_to_judge():
    nobody_answers()
    access = opened()
    Duty.objects.filter(user_id=CAROL.id).update(ended=None)
    assert browser(HEIDI).get(f"/emergency/{access.id}").status_code == 404
    assert browser(CAROL).get(f"/emergency/{access.id}").status_code == 200


def test_where_nobody_could_ever_judge_it_is_not_opened():
    nobody_answers()
    with pytest.raises(Refused, match="emergency_nobody"):
        opened(HEIDI)
    Duty.objects.filter(role="system_administrator").update(ended=clock.now())
    with pytest.raises(Refused, match="emergency_nobody"):
        opened()


def test_a_board_that_stands_open_tells_of_it_once():
    carol, poll = browser(CAROL), {"HX-Request": "true"}
    board = f"/board?area={HONGQIAO}"
    assert 'id="emergencies"' in text(carol.get(board))
    access = opened()
    told = text(carol.get(board, headers=poll))
    assert "八旬老人走失" in told and f'name="told" value="{access.id}"' in told
    assert "八旬老人走失" not in text(carol.get(f"{board}&told={access.id}", headers=poll))
    assert "八旬老人走失" in text(carol.get(f"{board}&told={access.id}")), "a page of its own hides nothing"


def test_every_page_opened_is_written_down_without_what_was_searched_for():
    frank = opened_in_browser()
    frank.get(f"{REGISTER}&q=张三")
    frank.get("/register")
    frank.get(f"/areas?area={HONGQIAO}")
    with acting(CAROL):
        seen = [entry.detail for entry in looks(EmergencyAccess.objects.get())]
    assert seen == [{"page": "register", "area": str(HONGQIAO)}] * 2 + [{"page": "areas", "area": str(HONGQIAO)}]
    assert "人房名册" in text(browser(CAROL).get(f"/emergency/{EmergencyAccess.objects.get().id}"))


def test_it_is_judged_once_by_somebody_else_and_ends_with_the_judgement():
    frank = opened_in_browser()
    address = f"/emergency/{EmergencyAccess.objects.get().id}"
    carol = browser(CAROL)
    assert carol.post(address, {"justified": "no", "verdict": "  "}).status_code == 200
    assert carol.post(address, {"justified": "no", "verdict": "老人当时已经找到"})["Location"] == "/emergency/all"
    assert frank.get(REGISTER).status_code == 404
    assert "老人当时已经找到" in text(frank.get("/emergency")) and "由当地负责的人查看" in text(frank.get(address))
    assert browser(DAVE).post(address, {"justified": "yes", "verdict": "我看有必要"}).status_code == 409
    assert "老人走失" not in text(carol.get("/matrix")), "judged: no longer told on every page"


def test_it_looks_and_writes_nothing(town_person):
    frank = opened_in_browser()
    assert frank.get(f"/register/people/{town_person}").status_code == 200
    shown = frank.post(f"/register/people/{town_person}/reveal/phone", {"purpose": "urgent_help"})
    assert text(shown).strip() == "19900000001"
    changed = {"name": "改名", "sex": 1, "basis": "owner", "presence": "present"}
    assert frank.post(f"/register/people/{town_person}/edit", changed).status_code in (200, 403)
    assert "改名" not in text(frank.get(f"/register/people/{town_person}"))
    assert frank.get(f"/register.xlsx?area={HONGQIAO}").status_code == 403
    assert frank.post("/register/bulk", {"person": town_person, "deed": "tag", "code": "child"}).status_code >= 400
    with acting(CAROL):
        written = AuditEntry.objects.filter(object=str(town_person), actor=FRANK.id).values_list("action", flat=True)
        assert list(written) == ["reveal"]


@pytest.fixture
def town_person(places):
    from fengchao.people import actions as people

    with acting(CAROL):
        building = people.add_building(by=CAROL, grid=GRID, name="1栋")
        door = people.add_dwelling(by=CAROL, building=building, room="101")
        return people.add_person(by=CAROL, dwelling=door, name="示例甲", phone="19900000001").id


def test_one_held_for_looking_at_people_does_not_widen_what_an_administrator_sees_of_them():
    heidi = opened_in_browser(HEIDI)
    assert heidi.get(REGISTER).status_code == 200
    assert heidi.get("/register?area=350181005001").status_code == 404
    assert heidi.get("/users").status_code == 200


def test_an_inspector_sees_people_only_where_it_was_opened():
    erin = opened_in_browser(ERIN)
    assert erin.get(REGISTER).status_code == 200
    assert erin.get("/register?area=350181005001").status_code == 404


class TestAttacks:
    def test_nobody_without_a_duty_opens_one(self):
        Duty.objects.filter(user_id=FRANK.id).update(ended=clock.now())
        nobody = actor_of(User.objects.get(id=FRANK.id))
        with acting(nobody), pytest.raises(Refused, match="no_duty"):
            actions.begin(by=nobody, where=Area.of(HONGQIAO), **REASON)
        assert browser_without_duty().get("/emergency").status_code == 403

    def test_one_whose_last_duty_ends_loses_it_at_once(self):
        frank = opened_in_browser()
        Duty.objects.filter(user_id=FRANK.id).update(ended=clock.now())
        assert frank.get(REGISTER).status_code == 403

    def test_it_cannot_be_opened_again_and_again(self):
        opened()
        with pytest.raises(Refused, match="emergency_running"):
            opened()
        with acting(FRANK):
            actions.end(by=FRANK, access=EmergencyAccess.objects.get())
        for area in (HONGQIAO, GRID):
            with pytest.raises(Refused, match="emergency_again"):
                opened(area=area)
        passed(13)
        opened()

    def test_nor_more_often_than_three_times_a_week(self):
        for _ in range(3):
            opened()
            passed(24)
        with pytest.raises(Refused, match="emergency_too_many"):
            opened()
        passed(24 * 7)
        opened()

    @pytest.mark.parametrize("area", [350181005, 35, 350181005999])
    def test_it_is_never_wider_than_a_community_nor_for_a_place_that_is_not_there(self, area):
        with pytest.raises(Refused, match="emergency_place"):
            opened(area=area)

    @pytest.mark.parametrize("asked", [{"reason": "missing", "words": " x "},
                                       {"reason": "curious", "words": "好奇看一看"}])
    def test_it_is_not_opened_without_a_reason(self, asked):
        with acting(FRANK), pytest.raises(Refused, match="emergency_reason"):
            actions.begin(by=FRANK, where=Area.of(HONGQIAO), **asked)

    def test_it_is_not_opened_for_what_one_may_see_anyway(self):
        with pytest.raises(Refused, match="emergency_needless"):
            opened(CAROL)

    def test_nobody_judges_their_own_even_with_the_right_to_judge_others(self):
        access = opened()
        frank = FRANK.with_grants(CAROL.grants[0])
        with acting(frank), pytest.raises(Refused, match="second_person"):
            actions.review(by=frank, access=access, justified=True, verdict="我自己看没问题")
        with acting(frank), pytest.raises(DatabaseError), transaction.atomic():
            EmergencyAccess.objects.update(reviewed=clock.now(), reviewed_by=FRANK.id, justified=True, verdict="好")

    def test_the_database_lets_nobody_open_one_in_anothers_name(self):
        with acting(CAROL), pytest.raises(DatabaseError), transaction.atomic():
            EmergencyAccess.objects.create(grid=GRID, ground=[Area.of(GRID)], by=FRANK.id, by_name="Frank",
                                           reason="life", words="x", expires=clock.now() + timedelta(hours=1))

    def test_another_places_access_does_not_exist(self):
        access = opened(ALICE, 350181005001)
        for somebody in (CAROL, FRANK):
            assert browser(somebody).get(f"/emergency/{access.id}").status_code == 404
            assert browser(somebody).post(f"/emergency/{access.id}/end").status_code == 404

    def test_another_browser_has_it_only_after_signing_in_again(self):
        elsewhere = browser(FRANK)
        opened_in_browser()
        assert elsewhere.get(REGISTER).status_code == 404
        assert browser(FRANK).get(REGISTER).status_code == 200

    def test_a_phone_never_has_it(self, client):
        from fengchao.accounts.actions import enrol_device
        from fengchao.accounts.tokens import hash_of

        with acting(FRANK):
            enrol_device(by=FRANK, user=user_of(FRANK), name="phone", token_hash=hash_of("t"))
        before = client.get("/api/v1/sync/pull", headers={"Authorization": "Bearer t"}).json()
        opened_in_browser()
        after = client.get("/api/v1/sync/pull", headers={"Authorization": "Bearer t"}).json()
        assert [g["code"] for g in before["grids"]] == [g["code"] for g in after["grids"]]
        assert before["me"] == after["me"]

    def test_a_job_never_has_it(self):
        from fengchao.accounts.queries import actor_with_id

        opened_in_browser()
        assert actor_with_id(FRANK.id) == actor_of(user_of(FRANK))

    def test_two_requests_at_once_open_one(self):
        """The second waits for the lock of the first: what is tried here is that the lock is taken first."""
        with connection.execute_wrapper(_noting := Noted()):
            opened()
        lock = next(n for n, sql in enumerate(_noting.seen) if "advisory" in sql)
        first_read = next(n for n, sql in enumerate(_noting.seen) if 'FROM "accounts_emergencyaccess"' in sql)
        assert lock < first_read


class Noted:
    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, execute, sql, params, many, context):
        self.seen.append(sql)
        return execute(sql, params, many, context)


def browser_without_duty() -> Client:
    client = Client()
    client.force_login(User.objects.get(id=FRANK.id), backend="fengchao.accounts.backend.Backend")
    return client
