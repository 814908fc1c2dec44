"""A phone signs in, speaks for its user, and is let go."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.utils import timezone

from fengchao.accounts.actions import end_duty, enrol_device, give_duty, reset_password, revoke_device
from fengchao.accounts.models import Device, Duty, User
from fengchao.accounts.tokens import actor_for, hash_of, new_token
from fengchao.base import clock
from fengchao.base.actor import system_actor
from fengchao.base.errors import Refused
from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.testing import ALICE, CAROL, FRANK, GRACE, GRID, NEXT_GRID

PASSWORD = "correct horse battery"
JSON = "application/json"


def with_password(user: User, password: str = PASSWORD) -> User:
    user.set_password(password)
    User.objects.filter(id=user.id).update(password=user.password)
    return user


def enrol(client: Client, username: str = "alice", password: str = PASSWORD, **more: str):
    body = {"username": username, "password": password, "device_name": "test phone", **more}
    return client.post("/api/v1/devices/enrol", body, content_type=JSON)


def leave(client: Client, token: str):
    return client.post("/api/v1/devices/leave", headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def alice(cast) -> User:
    return with_password(cast["Alice"])


@pytest.fixture
def token(cast) -> str:
    token = new_token()
    with acting(ALICE):
        enrol_device(by=ALICE, user=cast["Alice"], name="phone", token_hash=hash_of(token))
    return token


def test_a_phone_signs_in_and_is_told_whose_it_is(alice, client):
    answer = enrol(client)
    assert answer.status_code == 201
    body = answer.json()
    assert body["user"]["name"] == "Alice"
    assert body["user"]["duties"] == [{"role": "grid_worker", "area": GRID, "area_name": "第一网格", "until": None}]
    assert actor_for(body["token"]).grants == ALICE.grants


def test_only_a_hash_of_the_token_is_kept(alice, client):
    token = enrol(client).json()["token"]
    assert token.encode() not in bytes(Device.objects.get().token_hash)


def test_leaving_ends_the_token(alice, client):
    token = enrol(client).json()["token"]
    assert leave(client, token).status_code == 204
    answer = leave(client, token)
    assert (answer.status_code, answer.json()["code"]) == (401, "device_ended")


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer "}, {"Authorization": "Bearer x" * 9},
                                    {"Authorization": "Basic abc"}])
def test_without_a_token_that_holds_there_is_no_answer_but_401(cast, client, header):
    answer = client.post("/api/v1/devices/leave", headers=header)
    assert answer.status_code == 401
    assert set(answer.json()) == {"code", "message"}


def test_a_wrong_password_is_refused_in_the_language_asked_for(alice, client):
    answer = client.post("/api/v1/devices/enrol", {"username": "alice", "password": "x", "device_name": "p"},
                         content_type=JSON, headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.json()["code"]) == (401, "wrong_password")
    assert answer.json()["message"].isascii()


def test_five_wrong_passwords_lock_the_name_out_and_the_right_one_does_not_help(alice, client):
    codes = [enrol(client, password="wrong").json()["code"] for _ in range(6)]
    assert codes[0] == "wrong_password" and codes[-1] == "locked_out"
    answer = enrol(client)
    assert (answer.status_code, answer.json()["code"]) == (429, "locked_out")


def test_the_lockout_is_shared_with_the_page(alice, client):
    for _ in range(6):
        enrol(client, password="wrong")
    assert client.post("/accounts/login/", {"login": "alice", "password": PASSWORD}).status_code == 429


def test_nobody_is_locked_out_from_another_address(alice, client):
    for _ in range(6):
        client.post("/api/v1/devices/enrol", {"username": "alice", "password": "x", "device_name": "p"},
                    content_type=JSON, REMOTE_ADDR="203.0.113.9")
    assert enrol(client).status_code == 201


def test_a_user_without_a_duty_cannot_sign_in_on_a_phone(alice, client):
    Duty.objects.all().delete()
    assert enrol(client).json()["code"] == "no_duty"


def test_a_data_steward_needs_the_second_factor_first(cast, client):
    with_password(cast["Grace"]).authenticator_set.all().delete()
    assert enrol(client, "grace").json()["code"] == "second_factor_needed"


def test_with_a_second_factor_the_code_is_asked_for_and_checked(alice, client):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(alice, secret)
    assert enrol(client).json()["code"] == "code_needed"
    assert enrol(client, code="000000").json()["code"] == "wrong_code"
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    assert enrol(client, code=code).status_code == 201
    assert enrol(client, code=code).json()["code"] == "wrong_code", "a code is good once"


def test_a_passkey_does_not_open_the_way_past_it_on_a_phone(alice, client):
    Authenticator.objects.create(user=alice, type="webauthn", data={})
    assert enrol(client).json()["code"] == "second_factor_needed"


def test_whoever_goes_on_guessing_does_not_fill_the_trail(alice, client):
    for _ in range(9):
        enrol(client, password="wrong")
    with acting(system_actor()):
        assert 0 < AuditEntry.objects.filter(action="sign_in_failed").count() <= 5


def test_a_one_time_password_is_used_up_by_the_phone_that_comes_first(cast, client):
    with acting(CAROL):
        given = reset_password(by=CAROL, user=cast["Alice"])
    assert enrol(client, password=given).status_code == 201
    assert enrol(client, password=given).json()["code"] == "wrong_password"


def test_a_one_time_password_has_an_end(cast, client):
    with acting(CAROL):
        given = reset_password(by=CAROL, user=cast["Alice"])
    User.objects.filter(id=ALICE.id).update(temporary_until=timezone.now() - timedelta(hours=1))
    assert enrol(client, password=given).json()["code"] == "wrong_password"


def test_scope_follows_the_duties_at_the_next_request(token, cast):
    with acting(CAROL):
        give_duty(by=CAROL, user=cast["Alice"], role="grid_worker", area=Area.of(NEXT_GRID))
    assert {g.area.code for g in actor_for(token).grants} == {GRID, NEXT_GRID}


def test_with_the_last_duty_the_phone_ends(token, cast):
    with acting(CAROL):
        end_duty(by=CAROL, duty=Duty.objects.get(user=cast["Alice"]))
    with pytest.raises(Refused, match="device_ended"):
        actor_for(token)


@pytest.mark.parametrize("change", [{"expires": timezone.now() - timedelta(days=1)}, {"revoked": timezone.now()}])
def test_an_expired_or_revoked_token_is_worth_nothing(token, change):
    Device.objects.update(**change)
    with pytest.raises(Refused, match="device_ended"):
        actor_for(token)


def test_a_closed_account_ends_its_phones(token):
    User.objects.filter(id=ALICE.id).update(is_active=False)
    with pytest.raises(Refused, match="device_ended"):
        actor_for(token)


def test_a_phone_in_use_is_not_asked_to_sign_in_again(token):
    old = clock.now() - timedelta(days=20)
    Device.objects.update(last_seen=old, expires=clock.now() + timedelta(days=1))
    actor_for(token)
    device = Device.objects.get()
    assert device.last_seen > old and device.expires > clock.now() + timedelta(days=29)


def test_the_busiest_path_costs_one_query(token, django_assert_num_queries):
    with django_assert_num_queries(1):
        actor_for(token)


def test_the_secretary_ends_a_phone_of_her_community_and_nobody_else_does(token):
    device = Device.objects.select_related("user").get()
    for other in (FRANK, GRACE):
        with acting(other), pytest.raises(Refused, match="not_allowed"):
            revoke_device(by=other, device=device)
    with acting(CAROL):
        revoke_device(by=CAROL, device=device)
    with pytest.raises(Refused, match="device_ended"):
        actor_for(token)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"username": 1}', b'{"username": "a", "password": "b"}'])
def test_a_malformed_request_is_refused_by_naming_fields_only(db, client, body):
    answer = client.post("/api/v1/devices/enrol", body, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
