"""The pages of the administrator and the secretary: the matrix, users, one's own account."""

import re

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from fengchao.accounts.actions import enrol_device
from fengchao.accounts.models import Device, Duty, User
from fengchao.accounts.tokens import hash_of
from fengchao.base.scope import acting
from fengchao.testing import ALICE, BOB, CAROL, DAVE, ELSEWHERE, FRANK, GRID, HEIDI, HONGQIAO, NEXT_GRID, browser

pytestmark = pytest.mark.usefixtures("cast")


def signed_in(user_id, **headers: str) -> Client:
    """Through the page, as people do: only so is the place of the sign-in known."""
    user = User.objects.get(id=user_id)
    user.set_password("nine lives of a cat")
    User.objects.filter(id=user_id).update(password=user.password)
    client = Client(headers=headers)
    client.post("/accounts/login/", {"login": user.username, "password": "nine lives of a cat"})
    return client


def text(response) -> str:
    return response.content.decode()


def test_a_grid_with_nobody_is_marked_and_counted():
    page = text(browser(CAROL).get("/matrix"))
    assert page.count("无人负责</div>") == 1
    assert re.search(r"<b>1</b>\s*<span>无人负责的网格", page)
    assert "Alice" in page and "Bob" in page


def test_only_the_grids_without_anybody_are_shown_when_asked():
    page = text(browser(CAROL).get("/matrix?show=nobody"))
    assert "第二网格" in page and "第一网格" not in page


def test_a_wider_place_is_counted_place_by_place():
    page = text(browser(HEIDI).get("/matrix?area=3501"))
    assert "福清市" in page and re.search(r"<b>1</b>\s*<span>无人负责的网格", page)


def test_the_secretary_gives_a_duty_from_the_cell():
    carol = browser(CAROL)
    address = f"/duties/give?area={NEXT_GRID}&role=grid_worker"
    assert "给第二网格安排网格员" in text(carol.get(address))
    assert "Bob" in text(carol.get("/duties/choose?q=bo"))
    answer = carol.post(address, {"user": BOB.id, "next": "/matrix"})
    assert (answer.status_code, answer["Location"]) == (302, "/matrix")
    assert Duty.objects.filter(user_id=BOB.id, lo=NEXT_GRID).exists()
    assert "无人负责</div>" not in text(carol.get("/matrix"))


def test_a_cadre_on_loan_is_found_by_the_whole_username_only():
    carol = browser(CAROL)
    assert "Erin" not in text(carol.get("/duties/choose?q=eri"))
    assert "Erin" in text(carol.get("/duties/choose?q=erin"))


def test_ending_a_duty_empties_the_cell_at_once():
    duty = Duty.objects.get(user_id=ALICE.id)
    assert browser(CAROL).post(f"/duties/{duty.id}/end").status_code == 302
    assert "Alice" not in text(browser(CAROL).get("/matrix"))


def test_a_one_time_password_is_shown_once_and_must_be_changed_first():
    answer = browser(CAROL).post("/users/new", {"username": "Walter", "name": "Walter", "home": HONGQIAO})
    given = re.search(r"font-monospace\">([a-z2-9-]{14})<", text(answer))[1]
    assert answer["Cache-Control"] == "no-store"
    walter = Client()
    assert walter.post("/accounts/login/", {"login": "walter", "password": given}).status_code == 302
    assert walter.get("/account")["Location"] == "/accounts/password/"
    chosen = {"oldpassword": given, "password1": "nine lives of a cat", "password2": "nine lives of a cat"}
    assert walter.post("/accounts/password/", chosen)["Location"] == "/account"
    assert walter.get("/account").status_code == 200
    assert User.objects.get(username="walter").temporary_until is None


def test_a_username_that_is_taken_is_refused_beside_its_field():
    answer = browser(CAROL).post("/users/new", {"username": "alice", "name": "x", "home": HONGQIAO})
    assert "这个用户名已经有人用了" in text(answer)


def test_users_are_found_by_name_and_by_role():
    heidi = browser(HEIDI)
    assert "Frank" in text(heidi.get("/users?q=fra")) and "Alice" not in text(heidi.get("/users?q=fra"))
    page = text(heidi.get("/users?role=inspector"))
    assert "Erin" in page and "Frank" not in page


def test_an_administrator_ends_every_sign_in_of_a_user():
    alice = signed_in(ALICE.id)
    with acting(ALICE):
        enrol_device(by=ALICE, user=User.objects.get(id=ALICE.id), name="phone", token_hash=hash_of("t"))
    assert browser(HEIDI).post(f"/users/{ALICE.id}/sign-out").status_code == 302
    assert alice.get("/account").status_code == 302
    assert Device.objects.get().revoked is not None


def test_a_closed_account_is_out_at_once_and_comes_back_when_opened():
    alice, carol = browser(ALICE), browser(CAROL)
    carol.post(f"/users/{ALICE.id}/close")
    assert alice.get("/account").status_code == 302
    carol.post(f"/users/{ALICE.id}/open")
    assert User.objects.get(id=ALICE.id).is_active


def test_one_sees_and_ends_ones_own_sign_ins():
    there = signed_in(ALICE.id)
    here = signed_in(ALICE.id, **{"User-Agent": "Mozilla Firefox/130 Windows"})
    page = text(here.get("/account"))
    assert "Firefox · Windows" in page
    here.post("/account/sessions/others/end")
    assert there.get("/account").status_code == 302
    assert here.get("/account").status_code == 200


@pytest.mark.parametrize("address", ["/matrix", "/users", "/account", "/users/new", f"/areas?area={HONGQIAO}", "/areas",
                                     f"/duties/give?area={GRID}", "/accounts/password/", "/accounts/reauthenticate/"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_speaks_both_languages(address, language):
    answer = signed_in(CAROL.id, **{"Accept-Language": language}).get(address)
    assert answer.status_code == 200
    body = re.sub(r"<(script|style|svg).*?</\1>", "", text(answer), flags=re.S)
    words = set(re.findall(r"[\u4e00-\u9fff]+", body)) - {"中文"}
    named = {"福建省", "福州市", "福清市", "宏路街道", "宏侨社区居委会", "宏路社区居委会", "第一网格", "第二网格"}
    assert language != "en" or words <= named, words - named


def test_the_second_factor_asks_for_the_password_again_and_then_shows_its_secret():
    alice = signed_in(ALICE.id)
    asked = alice.get("/accounts/2fa/activate/")
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    shown = alice.post(asked["Location"], {"password": "nine lives of a cat"}, follow=True)
    secret = re.search(r"text-break\">([A-Z2-7]+)<", text(shown))[1]
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    alice.post("/accounts/2fa/activate/", {"code": code})
    stored = User.objects.get(id=ALICE.id).authenticator_set.get(type="totp")
    assert secret not in str(stored.data), "sealed like every secret"
    assert "备用码" in text(alice.get("/accounts/2fa/codes/"))


def test_somebody_whose_role_needs_it_can_do_nothing_before_adding_the_second_factor():
    User.objects.get(id=HEIDI.id).authenticator_set.all().delete()
    heidi = signed_in(HEIDI.id)
    assert heidi.get("/users")["Location"] == "/accounts/2fa/activate/"
    assert heidi.get("/account")["Location"] == "/accounts/2fa/activate/"


def test_a_grid_is_added_and_named_on_the_page_of_its_community():
    carol = browser(CAROL)
    carol.post(f"/areas/{HONGQIAO}/add-grid", {"name": "第三网格", "kind": "dedicated_grid"})
    assert "第三网格" in text(carol.get(f"/areas?area={HONGQIAO}"))
    assert carol.post(f"/areas/{ELSEWHERE}/rename-grid", {"name": "x"}).status_code == 404
    assert browser(DAVE).get("/areas/pick?place_words=宏侨&field=area").status_code == 200
    assert browser(FRANK).get(f"/areas?area={HONGQIAO}").status_code == 404
