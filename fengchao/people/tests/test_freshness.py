"""Every fact says where it is from and how old it is."""

from datetime import timedelta

import pytest

from fengchao.base import clock
from fengchao.base.scope import acting
from fengchao.people.actions import add_person, set_dwelling_states, set_presence, update_person
from fengchao.people.freshness import door_fact, facts_of
from fengchao.people.importing.models import ImportRun
from fengchao.people.models import Dwelling, Person
from fengchao.testing import ALICE, CAROL, HONGQIAO, browser, user_of
from fengchao.work.tests.conftest import Town, town  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(town: Town) -> Person:  # noqa: F811
    """Somebody from a list that came a hundred days ago, never verified since."""
    user_of(CAROL)
    with acting(CAROL):
        door = Dwelling.objects.filter(building=town.here).first()
        person = add_person(by=CAROL, dwelling=door, name="张三", phone="19900000001", source="人口台账", born=None,
                            workplace="机械厂")
        Person.objects.filter(id=person.id).update(confirmed=None)
        ImportRun.objects.create(grid=HONGQIAO * 1000, source="人口台账", file_name="a.xlsx", file_hash="",
                                 state=ImportRun.State.DONE, finished=clock.now() - timedelta(days=100))
        return Person.objects.get(id=person.id)


def test_what_came_with_a_list_is_as_old_as_the_list(listed: Person) -> None:
    with acting(CAROL):
        fact = facts_of(listed)["phone"]
    assert (str(fact), fact.days, fact.old) == ("人口台账 · 100 天前", 100, True)


def test_what_somebody_changed_is_theirs_and_of_that_day_and_the_rest_verified_with_it(listed: Person) -> None:
    with acting(CAROL):
        update_person(by=CAROL, person=listed.id, phone="19900000002")
        facts = facts_of(Person.objects.get(id=listed.id))
    assert str(facts["phone"]) == "Carol · 今天"
    assert str(facts["workplace"]) == "人口台账 · 今天"
    with acting(CAROL):
        set_presence(by=CAROL, person=listed.id, presence="away")
        assert facts_of(Person.objects.get(id=listed.id))["presence"].source == "Carol"


def test_a_door_says_who_saw_it_last(listed: Person) -> None:
    with acting(ALICE):
        assert str(door_fact(listed.dwelling)) == "来源不明 · 从未核实"
        set_dwelling_states(by=ALICE, states={listed.dwelling_id: "occupied"})
        assert str(door_fact(Dwelling.objects.get(id=listed.dwelling_id))) == "上门 · 今天"


def test_a_door_that_is_as_it_was_is_written_once_a_day(listed: Person) -> None:
    states = {listed.dwelling_id: "occupied"}
    with acting(ALICE):
        assert [set_dwelling_states(by=ALICE, states=states) for _ in range(3)] == [1, 0, 0]


def test_the_pages_show_it(listed: Person) -> None:
    carol = browser(CAROL)
    assert "人口台账 · 100 天前" in carol.get(f"/register/people/{listed.id}").content.decode()
    assert "人口台账 · 从未核实" in carol.get(f"/register/households/{listed.dwelling_id}").content.decode()
