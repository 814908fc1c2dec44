import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from fengchao import packs
from fengchao.base.errors import Refused
from fengchao.base.models import AuditEntry
from fengchao.base.scope import acting
from fengchao.people.actions import add_person
from fengchao.people.models import Person
from fengchao.privacy.actions import reveal
from fengchao.privacy.models import AccessLog
from fengchao.testing import ALICE, BOB, CAROL, ERIN, FRANK, HEIDI
from fengchao.work.tests.conftest import campaign, doors, town  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(doors) -> Person:  # noqa: F811
    with acting(CAROL):
        return add_person(by=CAROL, dwelling=doors[0].dwelling, name="示例甲", phone="19900001234",
                          ric="350181199001010013")


def look(who, person, what="phone", purpose="contact", note="") -> str:
    with acting(who):
        return reveal(by=who, person=person.id, what=what, purpose=purpose, note=note)


def test_who_looks_gets_the_number_and_is_written_down(person):
    assert look(ALICE, person) == "19900001234"
    with acting(CAROL):
        log = AccessLog.objects.get(person=person.id)
        assert (log.by_name, log.what, log.purpose) == ("Alice", "phone", "contact")
        deed = AuditEntry.objects.get(action="reveal")
        assert (deed.detail, deed.purpose) == ({"what": "phone"}, "联系本人") and "1990" not in str(deed.__dict__)


@pytest.mark.parametrize(("purpose", "note"), [("", ""), ("curious", ""), ("other", ""), ("other", " ")])
def test_without_a_purpose_nothing_is_shown(person, purpose, note):
    with pytest.raises(Refused, match="purpose_needed"):
        look(ALICE, person, purpose=purpose, note=note)
    with acting(CAROL):
        assert not AccessLog.objects.exists()


def test_another_purpose_is_given_in_ones_own_words(person):
    look(ALICE, person, purpose="other", note="送药上门")
    with acting(CAROL):
        assert AccessLog.objects.get().note == "送药上门"


@pytest.mark.parametrize(("who", "code"), [(FRANK, "not_found"), (ERIN, "not_found"), (HEIDI, "not_found")])
def test_outside_ones_duties_a_person_does_not_exist(person, who, code):
    with pytest.raises(Refused, match=code):
        look(who, person)


def test_only_masked_columns_can_be_asked_for(person):
    with pytest.raises(Refused, match="bad_request"):
        look(ALICE, person, what="ric_blind")


def test_only_so_many_are_shown_in_an_hour(person):
    limit = packs.base_pack().reveals_per_hour
    for _ in range(limit):
        look(ALICE, person)
    with pytest.raises(Refused, match="too_many_reveals"):
        look(ALICE, person)
    assert look(BOB, person) == "19900001234"


@pytest.mark.parametrize("sql", ["UPDATE privacy_accesslog SET by_name = ''", "DELETE FROM privacy_accesslog"])
def test_nobody_can_take_back_that_they_looked(person, sql):
    look(ALICE, person)
    with pytest.raises(ProgrammingError, match="permission denied"), acting(ALICE), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_log_is_not_seen_from_another_community(person):
    look(ALICE, person)
    with acting(FRANK):
        assert not AccessLog.objects.exists()
