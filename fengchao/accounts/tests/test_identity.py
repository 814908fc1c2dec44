"""Signing in with the account of one's unit, at a real OpenID provider that runs beside the test."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from fengchao.accounts.models import Duty, User
from fengchao.base.actor import system_actor
from fengchao.base.models import AuditEntry
from fengchao.base.scope import acting
from fengchao.testing import ALICE, CAROL, FRANK, HEIDI, HONGQIAO, browser

from .provider import running, signed_in_there

pytestmark = pytest.mark.usefixtures("cast")
LOGIN = "/accounts/oidc/unit/login/?process=login"


def person(username: str | None = None, **claims: object) -> dict[str, object]:
    return {"name": "某人"} | ({"preferred_username": username} if username else {}) | claims


PEOPLE = {"u-alice": person("Alice"), "u-namesake": person("alice"), "u-stranger": person("stranger"),
          "u-silent": person(), "u-heidi": person("heidi"), "u-mail": person(email="frank", email_verified=False),
          "u-mail2": person(email="frank", email_verified=True)}


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with running("http://testserver/accounts/oidc/unit/login/callback/", PEOPLE) as address:
        yield address


@pytest.fixture(autouse=True)
def configured(settings, provider):
    app = {"provider_id": "unit", "name": "单位账号", "client_id": "fengchao", "secret": "s",
           "settings": {"server_url": provider}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


def come_back(sub: str, client: Client | None = None, start: str = LOGIN):
    """What the browser does: to the provider, where somebody says who they are, and back to us."""
    client = client or Client()
    return client, client.get(way_back(client, sub, start))


def way_back(client: Client, sub: str, start: str = LOGIN) -> str:
    back = urlsplit(signed_in_there(client.post(start)["Location"], sub))
    return f"{back.path}?{back.query}"


def deeds(user_id) -> list[str]:
    with acting(system_actor()):
        return list(AuditEntry.objects.filter(object=str(user_id)).order_by("id").values_list("action", flat=True))


def test_the_sign_in_page_offers_it_only_where_it_is_set_up(settings, client):
    assert "用单位账号登录" in client.get("/accounts/login/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert "用单位账号登录" not in client.get("/accounts/login/").content.decode()
    assert client.post(LOGIN).status_code == 404


def test_the_first_time_binds_the_account_of_that_name_and_the_next_time_knows_it():
    alice, answer = come_back("u-alice")
    assert answer.status_code == 302 and alice.get("/account").status_code == 200
    bound = SocialAccount.objects.get()
    assert (bound.user_id, bound.uid, bound.extra_data) == (ALICE.id, "u-alice", {})
    assert deeds(ALICE.id) == ["identity_bound", "signed_in"]
    assert come_back("u-alice")[0].get("/account").status_code == 200
    assert SocialAccount.objects.get().extra_data == {}, "what the unit says of a person is not kept"


def test_the_request_asks_for_a_proof_that_only_this_browser_has():
    asked = parse_qs(urlsplit(Client().post(LOGIN)["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"] and asked["state"]


def test_it_gives_nobody_an_account_or_a_duty():
    users, duties = User.objects.count(), Duty.objects.count()
    for sub in ("u-stranger", "u-silent"):
        stranger, answer = come_back(sub)
        assert answer.status_code == 403 and "没有对应的账号" in answer.content.decode()
        assert stranger.get("/account").status_code == 302
    come_back("u-alice")
    assert (User.objects.count(), Duty.objects.count()) == (users, duties)


def test_somebody_whose_role_needs_the_second_factor_is_asked_for_it_here_too():
    heidi, answer = come_back("u-heidi")
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert heidi.get("/users").status_code == 302


def test_a_one_time_password_that_was_never_used_is_void_afterwards():
    browser(CAROL).post("/users/new", {"username": "stranger", "name": "新来的", "home": HONGQIAO})
    come_back("u-stranger")
    new = User.objects.get(username="stranger")
    assert new.temporary_until is None and not new.has_usable_password()


class TestAttacks:
    def test_a_namesake_at_the_unit_is_not_let_into_an_account_that_is_bound(self):
        come_back("u-alice")
        namesake, answer = come_back("u-namesake")
        assert answer.status_code == 409 and namesake.get("/account").status_code == 302

    def test_until_somebody_who_answers_for_it_has_loosened_it(self):
        alice, _ = come_back("u-alice")
        browser(CAROL).post(f"/users/{ALICE.id}/loosen")
        assert alice.get("/account").status_code == 302, "signed out everywhere"
        assert come_back("u-namesake")[1].status_code == 302
        assert browser(CAROL).post(f"/users/{FRANK.id}/loosen").status_code == 404

    def test_nobody_binds_an_identity_to_the_account_they_happen_to_sit_at(self):
        carol = browser(CAROL)
        _, answer = come_back("u-stranger", carol, LOGIN.replace("=login", "=connect"))
        assert answer.status_code == 403 and not SocialAccount.objects.exists()

    def test_an_answer_nobody_asked_for_is_refused(self):
        other = Client()
        answer = other.get(way_back(Client(), "u-alice"))
        assert answer.status_code == 403 and other.get("/account").status_code == 302

    def test_an_answer_serves_once(self):
        client = Client()
        back = way_back(client, "u-alice")
        assert client.get(back).status_code == 302
        client.post("/accounts/logout/")
        assert client.get(back).status_code == 403

    def test_a_closed_account_stays_closed(self):
        come_back("u-alice")
        User.objects.filter(id=ALICE.id).update(is_active=False)
        alice, _ = come_back("u-alice")
        assert alice.get("/account").status_code == 302

    def test_an_e_mail_that_the_unit_has_not_verified_says_nothing(self, settings):
        settings.OIDC_CLAIM = "email"
        assert come_back("u-mail")[1].status_code == 403
        assert come_back("u-mail2")[1].status_code == 302

    def test_saying_no_at_the_provider_ends_in_words(self):
        _, answer = come_back("")
        assert answer.status_code == 403 and "取消" in answer.content.decode()

    def test_a_provider_that_is_down_ends_in_words(self, settings):
        app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [
            app | {"settings": {"server_url": "http://localhost:9"}}]}}
        answer = Client().post(LOGIN)
        assert answer.status_code == 403 and "没有成功" in answer.content.decode()

    def test_the_administrators_account_is_not_bound_by_looking_like_it(self):
        assert not SocialAccount.objects.filter(user_id=HEIDI.id).exists()
        come_back("u-stranger")
        assert not SocialAccount.objects.filter(user_id=HEIDI.id).exists()
