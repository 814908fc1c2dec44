"""A loaded community is in the register as if every person had been registered."""

from random import Random

import pytest
from django.db import connections

from fengchao.base.actor import system_actor
from fengchao.base.crypto import blind
from fengchao.base.scope import acting
from fengchao.demo import cast
from fengchao.demo.answers import verify_visit
from fengchao.demo.load import load
from fengchao.demo.synthetic import community
from fengchao.maps.models import Boundary, Outline
from fengchao.people.identity import masked_ric
from fengchao.people.models import Building, CareTag, Dwelling, Household, Person, Premises, Residence
from fengchao.work.forms.answers import check_answers
from fengchao.work.tests.conftest import pack_form

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture
def made():
    one = community(350181005009, 120, seed=2)
    with connections["owner"].cursor() as cursor:
        load(one, cursor)
    return one


def test_everything_that_was_made_up_is_in_the_register(made):
    wanted = {
        Building: made.buildings, Dwelling: made.dwellings, Household: made.households, Person: made.people,
        Residence: made.people, Premises: made.premises, Outline: made.buildings, Boundary: made.grids,
    }  # fmt: skip
    for model, rows in wanted.items():
        assert model.objects.using("owner").count() == len(rows)
    assert CareTag.objects.using("owner").count() == sum(len(person.tags) for person in made.people)


def test_a_person_is_found_by_id_and_lives_where_they_live(made):
    one = next(person for person in made.people if person.document == "ric")
    row = Person.objects.using("owner").select_related("dwelling").get(ric_blind=blind("ric", one.ric))
    door = made.dwellings[one.dwelling - 1]
    assert (row.name, row.born, row.grid) == (one.name, one.born, one.grid)
    assert (row.dwelling.entrance, row.dwelling.room) == (door.entrance, door.room)
    assert masked_ric(row.ric_sealed).endswith(one.ric[-4:])
    assert row.residences.get(until__isnull=True).basis == one.tenure


def test_nobody_appears_under_a_grid_their_building_is_not_in(made):
    for model in (Dwelling, Household, Person, Residence, CareTag):
        rows = model.objects.using("owner").select_related("building")
        assert all(row.grid == row.building.grid for row in rows)


def test_every_grid_has_a_worker_and_every_role_somebody():
    grids = [350181005009001, 350181005009002]
    accounts = list(cast.of(350181005009, grids, {"0190-b": grids[0]}))
    assert {one.area for one in accounts if one.role == "grid_worker"} == set(grids)
    assert len({one.role for one in accounts}) == 8
    assert len({one.username for one in accounts}) == len(accounts)
    assert len({one.password for one in accounts}) == len(accounts)


def test_accounts_are_remembered_for_their_owner_only(tmp_path):
    accounts = list(cast.of(350181005009, [350181005009001], {}))
    cast.remember(tmp_path, accounts)
    assert cast.remembered(tmp_path) == accounts
    assert (tmp_path / cast.FILE).stat().st_mode & 0o077 == 0
    assert cast.remembered(tmp_path / "elsewhere") == []


def test_what_a_household_answers_holds_against_the_form():
    with acting(system_actor()):
        form = pack_form("verify_visit").id
    for seed in range(150):
        _, problems = check_answers(form, verify_visit(Random(seed), seed % 5))
        assert not problems, problems[0].sentence
