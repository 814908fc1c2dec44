"""A token opens what it names, where it says, as long as it says, and never more than its owner may."""

from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client

from fengchao.accounts.actions import (
    activate,
    deactivate,
    end_duty,
    end_sessions,
    password_chosen,
    reset_password,
)
from fengchao.accounts.models import Duty
from fengchao.base import clock
from fengchao.base.actor import system_actor
from fengchao.base.errors import Refused
from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.exchange.actions import make_collect_token, make_token, revoke_token
from fengchao.exchange.models import Token
from fengchao.exchange.tokens import collect_holder
from fengchao.testing import ALICE, CAROL, DAVE, ELSEWHERE, GRACE, HEIDI, HONGQIAO, actor, browser, user_of

from .conftest import Analyst, analyst


def code(answer) -> str:
    return answer.json()["code"]


def test_only_a_hash_of_a_token_is_kept(town):
    secret = analyst().secret
    kept = Token.objects.values().get()
    assert secret not in str(kept) and secret.encode() not in bytes(kept["token_hash"])
    with acting(CAROL):
        assert secret not in str(list(AuditEntry.objects.values()))


def test_without_a_token_or_with_another_word_for_it_nothing_opens(town):
    analyst()
    for header in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Basic Og=="}):
        answer = Client().get("/api/v1/feeds/buildings.csv", headers=header)
        assert (answer.status_code, code(answer)) == (401, "token_ended")


def test_a_token_opens_only_the_feeds_it_names(town):
    reader = analyst(allows=("buildings",))
    assert reader.get("buildings").status_code == 200
    answer = reader.get("register")
    assert (answer.status_code, code(answer)) == (403, "not_in_token")
    assert code(reader.get("no_such")) == "no_such_feed"
    listed = reader.client.get("/api/v1/feeds", headers={"Authorization": f"Bearer {reader.secret}"}).json()
    assert [feed["feed"] for feed in listed["feeds"]] == ["buildings"]


def test_a_token_of_a_phone_opens_no_feed_and_a_feeds_token_no_phone(town):
    reader = analyst()
    assert reader.client.get("/api/v1/sync/pull", headers={"Authorization": f"Bearer {reader.secret}"}
                             ).status_code == 401


def test_a_revoked_an_expired_and_an_orphaned_token_are_worth_nothing(town):
    readers = [analyst() for _ in range(2)]
    revoked, expired = Token.objects.order_by("id")
    with acting(GRACE):
        revoke_token(by=GRACE, token=revoked)
    Token.objects.filter(id=expired.id).update(expires=clock.now() - timedelta(seconds=1))
    assert {code(reader.get("buildings")) for reader in readers} == {"token_ended"}
    orphan = analyst()
    with acting(system_actor()) as system:
        end_duty(by=system, duty=Duty.objects.get(user=user_of(GRACE)))
    assert code(orphan.get("buildings")) == "token_ended"


def _reset(by) -> None:
    reset_password(by=by, user=user_of(GRACE))


def _sign_out(by) -> None:
    end_sessions(by=by, user=user_of(GRACE))


def _close_and_open(by) -> None:
    deactivate(by=by, user=user_of(GRACE))
    activate(by=by, user=user_of(GRACE))


def _take_and_give_back(by) -> None:
    duty = Duty.objects.get(user=user_of(GRACE))
    end_duty(by=by, duty=duty)
    Duty.objects.filter(id=duty.id).update(ended=None)


@pytest.mark.parametrize("deed", [_reset, _sign_out, _close_and_open, _take_and_give_back])
def test_whoever_got_in_once_does_not_stay_by_a_token(deed, town):
    """Made with a stolen password, kept for later: shutting the owner out ends it, letting them in wakes nothing."""
    kept = analyst()
    assert kept.get("buildings").status_code == 200
    with acting(system_actor()) as system:
        deed(system)
        assert AuditEntry.objects.filter(action="token_revoked", object=str(Token.objects.get().id)).count() == 1
    assert (kept.get("buildings").status_code, code(kept.get("buildings"))) == (401, "token_ended")
    assert analyst().get("buildings").status_code == 200  # the owner, who may again, makes another


def test_ending_ones_other_sign_ins_ends_ones_tokens(town):
    kept = analyst()
    browser(GRACE).post("/account/sessions/others/end")
    assert code(kept.get("buildings")) == "token_ended"


def test_a_worker_who_is_shut_out_fills_in_nothing_with_collect(town):
    with acting(system_actor()) as system:
        token, _ = make_collect_token(by=system, name="Alice", user=user_of(ALICE), days=10)
        assert collect_holder("alice").token == token.id
        end_duty(by=system, duty=Duty.objects.get(user=user_of(ALICE)))
        Duty.objects.filter(user=user_of(ALICE)).update(ended=None)
    with pytest.raises(Refused, match="token_ended"):
        collect_holder("alice")


def test_a_token_outlives_a_duty_while_another_carries_it_and_its_owners_own_new_password(town):
    reader = analyst()
    duty = Duty.objects.get(user=user_of(GRACE))
    Duty.objects.create(user=duty.user, role=duty.role, lo=HONGQIAO * 1000, hi=(HONGQIAO + 1) * 1000, since=duty.since)
    with acting(system_actor()) as system:
        end_duty(by=system, duty=duty)
        password_chosen(by=system, user=duty.user)
    assert reader.get("buildings").status_code == 200


def test_a_duty_that_shrinks_shrinks_the_token(doors):
    reader = analyst(actor("Grace", 7, ("data_steward", 350181005)), 350181005)
    assert str(ELSEWHERE) in set(reader.read("buildings")["grid"])
    Duty.objects.filter(user=user_of(GRACE)).update(lo=HONGQIAO * 1000, hi=(HONGQIAO + 1) * 1000)
    assert str(ELSEWHERE) not in set(reader.read("buildings")["grid"])


@pytest.mark.parametrize(("who", "area", "allows", "refused"), [
    (ALICE, HONGQIAO, ["buildings"], "not_allowed"),
    (CAROL, HONGQIAO, ["buildings"], "not_allowed"),
    (GRACE, 350181005, ["buildings"], "not_allowed"),
    (GRACE, HONGQIAO, [], "allows_nothing"),
    (GRACE, HONGQIAO, ["secrets"], "no_such_feed"),
    (HEIDI, HONGQIAO, ["register"], "feed_not_yours"),
    (HEIDI, HONGQIAO, ["records"], "feed_not_yours"),
])
def test_nobody_gives_away_what_is_not_theirs(who, area, allows, refused, town):
    user_of(who)
    with acting(who), pytest.raises(Refused) as error:
        make_token(by=who, name="x", area=Area.of(area), allows=allows, days=10)
    assert error.value.code == refused


@pytest.mark.parametrize("days", [0, -1, 367, 10**6])
def test_no_token_holds_for_ever(days, town):
    user_of(GRACE)
    with acting(GRACE), pytest.raises(Refused, match="token_days"):
        make_token(by=GRACE, name="x", area=Area.of(HONGQIAO), allows=["tasks"], days=days)


def test_only_whoever_answers_for_its_area_ends_a_token(town):
    analyst()
    for stranger in (ALICE, CAROL, DAVE):
        with acting(stranger), pytest.raises(Refused, match="not_allowed"):
            revoke_token(by=stranger, token=Token.objects.get())


def test_when_a_token_was_last_used_is_known(town):
    reader: Analyst = analyst()
    assert Token.objects.get().last_used is None
    reader.read("buildings")
    assert Token.objects.get().last_used is not None


@pytest.mark.django_db(databases=["default", "owner"])
def test_one_token_reads_one_feed_at_a_time(town):
    """A program that starts anew before it is answered must not pile up."""
    reader = analyst()
    with connections["owner"].cursor() as other:
        other.execute("SELECT pg_advisory_lock(hashtext('fengchao.feed'), hashtext(%s))",
                      [str(Token.objects.get().id)])
        assert code(reader.get("tasks")) == "one_reading"
        other.execute("SELECT pg_advisory_unlock_all()")
    assert reader.get("tasks").status_code == 200
