"""The parts of the drill that need no server."""

from collections import Counter
from random import Random
from uuid import uuid4

import pytest

from fengchao.demo.drill import laws
from fengchao.demo.drill.crew import shares
from fengchao.demo.drill.ledger import Ledger
from fengchao.demo.drill.line import Line, Lost
from fengchao.demo.drill.phone import insist
from fengchao.demo.drill.world import World

GRIDS = [350181005004001 + nth for nth in range(18)]


def test_every_grid_is_walked_by_somebody_and_everybody_has_a_team_mate():
    for workers in (1, 5, 16, 30):
        crew = shares(GRIDS, workers)
        assert len(crew) == workers
        assert {grid for own, *_ in crew for grid in own} == set(GRIDS)
        assert all(own and helps for own, helps, _ in crew)


def test_every_door_is_dealt_to_exactly_one_worker_however_many_there_are():
    doors = [(grid, str(uuid4())) for grid in GRIDS for _ in range(20)]
    for workers in (1, 18, 19, 50):
        crew = shares(GRIDS, workers)
        assert all(sum(grid in own and turn.deals(door) for own, _, turn in crew) == 1 for grid, door in doors)


@pytest.mark.parametrize(("said", "task", "lawful"), [
    (["met"], (1, "met", 1), True),
    (["nobody_home", "met"], (1, "met", 2), True),
    (["refused", "refused"], (1, "refused", 2), True),
    (["nobody_home"], (0, "nobody_home", 1), True),
    ([], (0, "", 0), True),  # as the phones say; that nobody was there is the other law
    (["met"], (0, "", 0), False),  # lost
    (["met"], (1, "vacant", 1), False),  # somebody else's
    (["met"], (1, "met", 2), False),  # twice
    (["met"], (0, "met", 1), False),  # not closed
    (["refused"], (1, "refused", 1), False),  # closed too soon
    ([], (1, "met", 1), False),  # never said
])
def test_a_door_that_is_not_what_the_phones_say_breaks_the_law(said, task, lawful):
    assert laws.agrees(Counter(said), *task) is lawful


def test_a_door_where_nobody_was_breaks_the_law(monkeypatch):
    monkeypatch.setattr(laws, "rows", lambda *_: [("one", 0, "nobody_home", 1), ("two", 0, "", 0)])
    assert not laws.every_door_accounted_for(uuid4(), {"one": Counter(nobody_home=1)})
    assert laws.every_door_accounted_for(uuid4(), {"one": Counter(nobody_home=1), "two": Counter(refused=1)})


def test_a_door_answers_the_same_whoever_knocks():
    first, second = World(1, 0.3), World(1, 0.3)
    assert all(first.knock(str(n), 1, True) == second.knock(str(n), 1, True) for n in range(200))


def test_about_as_many_doors_open_as_asked_for():
    world = World(1, 0.11)
    outcomes = Counter(world.knock(str(n), 1, lived_in=True) for n in range(5000))
    assert 0.09 < (outcomes["met"] + outcomes["refused"]) / 5000 < 0.13
    assert outcomes["vacant"] == outcomes["by_phone"] == 0


def test_in_the_end_nearly_every_door_is_accounted_for():
    world = World(1, 0.11)
    last = Counter(
        next((o for visit in range(1, 20) if (o := world.knock(str(n), visit, True)) != "nobody_home"), "open")
        for n in range(1000)
    )
    assert last["open"] < 5


def test_a_lost_call_is_tried_again_until_an_answer_comes():
    answers = iter([Lost(), Lost(), "yes"])

    def call():
        answer = next(answers)
        if isinstance(answer, Lost):
            raise answer
        return answer

    assert insist(call) == "yes"


def test_a_line_to_nowhere_is_lost_rather_than_an_error():
    line = Line("http://127.0.0.1:9", Random(1), timeout=1)
    try:
        line.call("GET", "/")
    except Lost:
        assert line.lost == 1
    else:
        raise AssertionError("a call to a closed port was answered")


def test_a_ledger_without_laws_is_not_lawful():
    assert not Ledger().lawful
    assert Ledger(laws={"a": True}).lawful
    assert not Ledger(laws={"a": True, "b": False}).lawful
