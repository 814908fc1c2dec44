"""What somebody would try who wants more than was given to them."""

import pytest
from django.test import Client

from fengchao.accounts.actions import give_duty, reset_password
from fengchao.accounts.models import Duty, User
from fengchao.base.errors import Refused
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.testing import ALICE, BOB, CAROL, DAVE, ELSEWHERE, FRANK, GRID, HEIDI, HONGQIAO, NEXT_GRID, browser

PASSWORD = "nine lives of a cat"


@pytest.fixture
def alice(cast) -> User:
    user = cast["Alice"]
    user.set_password(PASSWORD)
    User.objects.filter(id=user.id).update(password=user.password)
    return user


def test_a_session_from_before_signing_in_is_not_the_one_after(alice):
    client = Client()
    client.get("/accounts/login/")
    client.session.save()
    before = client.session.session_key
    client.post("/accounts/login/", {"login": "alice", "password": PASSWORD})
    assert client.session.session_key != before and client.get("/account").status_code == 200


def test_a_form_without_its_token_is_refused(alice):
    client = Client(enforce_csrf_checks=True)
    assert client.post("/accounts/login/", {"login": "alice", "password": PASSWORD}).status_code == 403


def test_another_host_name_is_refused(cast):
    assert browser(CAROL).get("/account", headers={"Host": "evil.example"}).status_code == 400


def test_nobody_opens_an_account_by_themselves(db, client):
    assert client.get("/accounts/signup/").status_code == 404
    assert client.get("/accounts/password/reset/").status_code == 404


@pytest.mark.parametrize(("role", "area"), [
    ("grid_worker", ELSEWHERE), ("community_secretary", HONGQIAO), ("data_steward", HONGQIAO),
    ("system_administrator", 35), ("grid_worker", 350181005), ("no_such_role", GRID),
])
def test_the_secretary_gives_helpers_in_her_own_community_and_nothing_else(cast, role, area):
    before = Duty.objects.count()
    with acting(CAROL), pytest.raises(Refused):
        give_duty(by=CAROL, user=cast["Bob"], role=role, area=Area.of(area))
    browser(CAROL).post(f"/duties/give?area={area}&role={role}", {"user": BOB.id})
    assert Duty.objects.count() == before


def test_nobody_gives_themselves_anything(cast):
    for one in (CAROL, HEIDI):
        with acting(one), pytest.raises(Refused, match="not_yourself"):
            give_duty(by=one, user=cast[one.name], role="grid_worker", area=Area.of(NEXT_GRID))


def test_nobody_takes_over_an_account_that_can_do_more_than_their_own(cast):
    with acting(CAROL), pytest.raises(Refused, match="not_allowed"):
        reset_password(by=CAROL, user=cast["Dave"])
    with acting(DAVE), pytest.raises(Refused, match="not_allowed"):
        reset_password(by=DAVE, user=cast["Heidi"])


def test_a_worker_gives_nothing_and_ends_nothing(cast):
    with acting(ALICE), pytest.raises(Refused, match="not_yours_to_give"):
        give_duty(by=ALICE, user=cast["Bob"], role="grid_worker", area=Area.of(GRID))


def test_fields_nobody_asked_for_change_nothing(cast):
    browser(CAROL).post("/users/new", {
        "username": "mallory", "name": "Mallory", "home": HONGQIAO, "is_active": "", "temporary_until": "",
        "home_lo": 0, "home_hi": 10**15, "is_superuser": 1, "password": "known to me",
    })
    mallory = User.objects.get(username="mallory")
    assert mallory.home == Area.of(HONGQIAO) and mallory.temporary_until and not mallory.check_password("known to me")


def test_an_account_is_not_opened_for_a_place_that_is_not_ones_own(cast):
    browser(CAROL).post("/users/new", {"username": "mallory", "name": "Mallory", "home": 350206})
    assert not User.objects.filter(username="mallory").exists()


def test_after_signing_in_nobody_is_sent_to_another_site(alice):
    answer = Client().post("/accounts/login/?next=https://evil.example/", {"login": "alice", "password": PASSWORD})
    assert "evil.example" not in answer["Location"]


def test_another_communitys_user_does_not_exist_for_the_secretary(cast):
    carol = browser(CAROL)
    assert carol.get(f"/users/{FRANK.id}").status_code == 404
    assert carol.post(f"/duties/{Duty.objects.get(user_id=FRANK.id).id}/end").status_code == 404
    assert "Frank" not in carol.get("/users").content.decode()
