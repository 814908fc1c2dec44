"""People move, and somebody registered in two places is one person; the past is seen where it happened."""

import pytest

from fengchao.areas.tests.regridding import Ground, doors_of, lay
from fengchao.base.actor import system_actor
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.people.actions import update_person
from fengchao.people.models import Person, Residence
from fengchao.people.queries import in_two_places
from fengchao.testing import CAROL, DAVE, ELSEWHERE, FRANK, GRID, browser

pytestmark = pytest.mark.django_db
RIC = "110101199003070732"
STREET = Area.of(350181005)


@pytest.fixture
def ground(db) -> Ground:
    return lay()


def twins(ground: Ground) -> tuple[Person, Person]:
    """The same id in Hongqiao and in Frank's community."""
    with acting(system_actor()) as system:
        pair = [Person.objects.filter(building_id=b.id).order_by("id")[0] for b in (ground.one, ground.away)]
        for person in pair:
            update_person(by=system, person=person.id, ric=RIC)
    return pair[0], pair[1]


def test_somebody_moves_to_another_community_and_the_past_stays_where_it_happened(ground):
    person, door = twins(ground)[0], doors_of(ground.away)[1]
    with acting(DAVE):
        update_person(by=DAVE, person=person.id, ric="")
    dave = browser(DAVE)
    assert str(door.id) in dave.get(f"/register/people/{person.id}/move?q=4-{door.room}").content.decode()
    answer = dave.post(f"/register/people/{person.id}/move", {"door": str(door.id), "basis": "tenant"})
    assert answer.status_code == 302
    with acting(FRANK):
        assert Person.objects.get(id=person.id).dwelling_id == door.id
        assert [r.until for r in Residence.objects.filter(person=person)] == [None]
    with acting(CAROL):
        assert not Person.objects.filter(id=person.id).exists()
        assert Residence.objects.get(person=person).until is not None


def test_nobody_moves_a_person_to_a_door_they_do_not_answer_for(ground):
    person, door = twins(ground)[0], doors_of(ground.away)[1]
    assert browser(CAROL).post(f"/register/people/{person.id}/move", {"door": str(door.id)}).status_code == 404
    with acting(CAROL):
        assert Person.objects.get(id=person.id).grid == GRID


def test_whoever_sees_both_places_makes_one_person_of_two(ground):
    here, there = twins(ground)
    with acting(CAROL):
        assert in_two_places(STREET) == []
    dave = browser(DAVE)
    assert "住在这里" in dave.get("/register/twice?area=350181005").content.decode()
    assert browser(CAROL).post(f"/register/people/{here.id}/lives-here").status_code == 404, "she sees one of them"
    dave.post(f"/register/people/{there.id}/lives-here")
    with acting(DAVE):
        assert in_two_places(STREET) == []
        assert Person.objects.get(id=here.id).merged_into_id == there.id
    assert browser(CAROL).get(f"/register/people/{here.id}").status_code == 200, "who lived here is still known here"
    with acting(CAROL):
        assert Person.objects.get(id=here.id).grid == GRID
    with acting(FRANK):
        assert Person.objects.get(id=there.id).grid == ELSEWHERE
