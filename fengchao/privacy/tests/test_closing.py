from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.db.utils import ProgrammingError

from fengchao.base import clock
from fengchao.base.actor import system_actor
from fengchao.base.errors import Refused
from fengchao.base.models import AuditEntry
from fengchao.base.scope import acting
from fengchao.privacy.actions import approve, erase, take_inventory
from fengchao.privacy.models import Certificate
from fengchao.sync.actions import attach
from fengchao.sync.models import Attachment
from fengchao.testing import ALICE, CAROL, DAVE, FRANK, GRACE
from fengchao.work.actions import accept, close
from fengchao.work.models import Campaign, Record
from fengchao.work.tests.conftest import campaign, doors, saw, town  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended(campaign, doors) -> Campaign:  # noqa: F811
    """Two records, one of them with words in it, of a campaign that has ended but not expired."""
    with acting(ALICE):
        accept([saw(doors[0], "met", answers={"help": "yes"}, note="独居"), saw(doors[1], "vacant")], by=ALICE)
    with acting(CAROL):
        close(by=CAROL, campaign=campaign.id)
    return campaign


@pytest.fixture
def expired(ended) -> Campaign:
    with acting(CAROL):
        Campaign.objects.filter(id=ended.id).update(expires=clock.today() - timedelta(days=1))
    return ended


@pytest.fixture
def approved(expired) -> Campaign:
    step(GRACE, take_inventory, expired)
    step(CAROL, approve, expired)
    return expired


def step(who, action, campaign):  # noqa: F811
    with acting(who):
        return action(by=who, campaign=campaign.id)


def test_the_inventory_counts_what_there_is(ended):
    assert step(GRACE, take_inventory, ended).counts == {
        "tasks": 12, "records": 2, "answers": 1, "notes": 1, "exports": 0}


def test_after_count_and_approval_the_words_are_gone_and_the_figures_stay(approved):
    made = step(GRACE, erase, approved)
    assert (made.records, made.answers, made.notes, made.photos) == (2, 1, 1, 0) and len(made.hash) == 32
    with acting(CAROL):
        kept = Record.objects.filter(campaign=approved)
        assert {(r.outcome, str(r.answers), r.note, bytes(r.digest)) for r in kept} == {
            ("met", "{}", "", b""), ("vacant", "{}", "", b"")}
        deed = AuditEntry.objects.get(action="erase")
        assert deed.detail["hash"] == bytes(made.hash).hex() and deed.detail["records"] == 2


def test_photos_go_with_the_words(approved):
    with acting(ALICE):
        record = Record.objects.filter(campaign=approved).first()
        attach(by=ALICE, record=record.id, image=b"\xff\xd8\xff example")
    assert step(GRACE, erase, approved).photos == 1
    with acting(system_actor()):
        assert not Attachment.objects.exists()


def test_it_is_done_once(approved):
    step(GRACE, erase, approved)
    with pytest.raises(Refused, match="erased_already"):
        step(CAROL, erase, approved)


def test_who_counted_cannot_approve(expired):
    step(GRACE, take_inventory, expired)
    with pytest.raises(Refused, match="second_person"):
        step(GRACE, approve, expired)


def test_nothing_goes_before_it_has_expired(ended):
    step(GRACE, take_inventory, ended)
    step(CAROL, approve, ended)
    with pytest.raises(Refused, match="not_expired") as error:
        step(GRACE, erase, ended)
    assert ended.expires.isoformat() in error.value.message


def test_nothing_goes_without_approval(expired):
    with pytest.raises(Refused, match="not_approved"):
        step(GRACE, erase, expired)
    step(GRACE, take_inventory, expired)
    with pytest.raises(Refused, match="not_approved"):
        step(GRACE, erase, expired)


def test_a_running_campaign_cannot_be_counted(campaign):  # noqa: F811
    with pytest.raises(Refused, match="close_first"):
        step(GRACE, take_inventory, campaign)


@pytest.mark.parametrize("action", [take_inventory, erase], ids=lambda a: a.__name__)
@pytest.mark.parametrize(("who", "code"), [(ALICE, "not_allowed"), (FRANK, "not_found")], ids=["Alice", "Frank"])
def test_only_who_answers_for_the_area_closes_it_out(expired, action, who, code):
    with pytest.raises(Refused, match=code):
        step(who, action, expired)


@pytest.mark.parametrize("sql", [
    "UPDATE work_record SET answers = '{}'", "DELETE FROM work_record", "DELETE FROM privacy_inventory",
    "UPDATE privacy_approval SET by = NULL", "UPDATE privacy_certificate SET records = 0",
    "INSERT INTO privacy_certificate SELECT * FROM privacy_certificate",
])
def test_there_is_no_other_way_to_change_a_record_or_a_step(approved, sql):
    step(GRACE, erase, approved)
    with pytest.raises(ProgrammingError, match="permission denied"), acting(DAVE), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_database_refuses_even_when_the_program_does_not_ask(expired):
    """What is called here is what a mistake in the action, or an intruder with its login, could call."""
    for who in (GRACE, FRANK):
        with pytest.raises(DatabaseError, match="not_approved|not_found"), acting(who), connection.cursor() as cursor:
            cursor.execute("SELECT privacy_erase(%s, %s)", [expired.id, "x"])
    with acting(CAROL):
        assert Record.objects.filter(campaign=expired, note="独居").exists()
        assert not Certificate.objects.exists()


def test_a_grid_worker_cannot_erase_by_calling_the_database(approved):
    with pytest.raises(DatabaseError, match="not_found"), acting(ALICE), connection.cursor() as cursor:
        cursor.execute("SELECT privacy_erase(%s, %s)", [approved.id, "x"])
