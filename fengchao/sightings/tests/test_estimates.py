"""How many there are is kept with what could break it, and said only where it can be said."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengchao.base import clock
from fengchao.base.scope import acting
from fengchao.people.actions import add_person, mark_left
from fengchao.sightings.actions import Seen, dismiss, open_source, refresh, see
from fengchao.sightings.estimating import histories
from fengchao.sightings.models import Estimate, Sighting
from fengchao.sightings.wording import ASSUMPTIONS, METHODS, WHY
from fengchao.testing import CAROL, HONGQIAO

from .conftest import Homes

pytestmark = pytest.mark.django_db


def reported(name: str, phones: range) -> Estimate:
    """A source that has seen people by their phones; those of a hundred are registered under the same names."""
    today = clock.today()
    with acting(CAROL):
        source = open_source(by=CAROL, community=HONGQIAO, name=name, purpose="核对", expires=today + timedelta(days=9))
        see(by=CAROL, source=source, seen=[Seen(f"人{n}", today, phone=f"199{n:08}") for n in phones])
        return Estimate.objects.get()


@pytest.fixture
def hundred(homes: Homes) -> list[Any]:
    """A hundred registered people with a phone, besides the four."""
    with acting(CAROL):
        return [add_person(by=CAROL, dwelling=homes.zhao.dwelling, name=f"人{n}", phone=f"199{n:08}")
                for n in range(1000, 1100)]


def test_two_sources_that_overlap_give_chapmans_estimate(hundred) -> None:
    """104 registered; a list of 50 of whom 40 are registered: 105 * 51 / 41 - 1."""
    row = reported("物业", range(1060, 1110))
    assert (row.registered, row.seen, row.total, row.method) == (104, 114, 130, "chapman")
    assert 114 <= row.low < 130 < row.high
    assert row.sources == [["物业", 50, 10]]
    assert row.assumptions[0] == "independent"


def test_a_third_source_is_reckoned_with_and_strangers_on_two_lists_are_one(hundred) -> None:
    reported("物业", range(1060, 1110))
    row = reported("接种", range(1080, 1115))
    with acting(CAROL):
        counts = histories(HONGQIAO)
    assert counts.sources == ("register", "接种", "物业") or counts.sources == ("register", "物业", "接种")
    assert counts.seen == row.seen == 119
    assert counts.counts[0b111] == 20 and counts.counts[0b110] == 10 and counts.counts[0b001] == 64
    assert row.method in ("loglinear", "chao")


def test_without_a_source_or_an_overlap_it_is_said_why_not(homes: Homes) -> None:
    with acting(CAROL):
        assert refresh(by=CAROL, community=HONGQIAO).why == "one_source"
    row = reported("陌生", range(5000, 5020))
    assert (row.method, row.why, row.total, row.sources) == ("", "no_overlap", 0, [["陌生", 20, 20]])


def test_who_does_not_live_here_is_not_counted_and_who_left_neither(hundred) -> None:
    before = reported("物业", range(1060, 1110))
    with acting(CAROL):
        dismiss(by=CAROL, sightings=[Sighting.objects.get(name="人1105").id])
        mark_left(by=CAROL, person=hundred[0].id)
        after = refresh(by=CAROL, community=HONGQIAO)
    assert (after.registered, after.seen) == (before.registered - 1, before.seen - 2)


def test_every_code_of_the_engine_has_its_sentence() -> None:
    assert set(METHODS) == {"chapman", "chao", "loglinear"}
    assert set(ASSUMPTIONS) == {"independent", "modelled", "lower_bound", "matched", "same_people"}
    assert set(WHY) == {"no_sources", "one_source", "no_overlap", "all_the_same", "no_model"}


def test_the_number_of_statements_does_not_grow_with_the_people(homes: Homes) -> None:
    asked = []
    for phones in (range(1000, 1003), range(1000, 1060)):
        reported("物业", phones)
        with acting(CAROL), CaptureQueriesContext(connection) as queries:
            refresh(by=CAROL, community=HONGQIAO)
        asked.append(len(queries))
    assert asked[0] == asked[1]
