"""A million people in the real communities of one county, with a task each; made once and kept in the home folder.

What was made is written beside the data (bench.json); a home with another number of people is refused.
Imported when Django is set up, not before.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path

import psycopg

from fengchao.areas import register as national
from fengchao.base import clock, postgres
from fengchao.base.actor import system_actor
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.demo import cast, stage
from fengchao.demo.load import load
from fengchao.demo.synthetic import communities
from fengchao.work import actions

COUNTY = 350181
SEED = 1
WORKERS = 16


@dataclass(frozen=True, slots=True)
class Data:
    people: int
    campaign: str
    accounts: dict[str, list[str]]  # username -> [password, role, area]
    grids: list[int]


def ensure(home: Path, people: int, say: Callable[[str], None]) -> Data:
    path = home / "bench.json"
    if path.exists():
        data = Data(**json.loads(path.read_text()))
        if data.people < people:
            raise SystemExit(f"{home} holds {data.people:,} people: remove it to have {people:,} made")
        return data
    if stage.registered(codes()[0]):
        raise SystemExit(f"{home} was left half made: remove it and begin again")
    stage.know_places(COUNTY, say)
    grids = register(home, people, say)
    data = Data(people, declare(say), accounts(grids), grids)
    with psycopg.connect(postgres.ensure(home).owner, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")  # as the database does by itself, in the first minutes
    path.write_text(json.dumps(asdict(data)))
    return data


def codes() -> list[int]:
    """The communities of the county as the national register has them, the one of the demonstration first."""

    found = [code for code, _, level in national.read() if level == 5 and code // 10**6 == COUNTY]
    return sorted(found, key=lambda code: (code != 350181005004, code))


def register(home: Path, people: int, say: Callable[[str], None]) -> list[int]:

    grids, done = [], 0
    with psycopg.connect(postgres.urls_of(home).owner) as connection:
        for made in communities(codes(), people, SEED):
            with connection.cursor() as cursor:
                load(made, cursor)
            connection.commit()
            grids += made.grids
            done += len(made.people)
            say(f"{done:,} of {people:,} people in the register")
        connection.autocommit = True
        connection.execute("ANALYZE")
    return grids


def declare(say: Callable[[str], None]) -> str:
    """One campaign about every person of the county."""

    deadline = clock.now() + timedelta(days=30)
    with acting(system_actor("bench")) as by:
        campaign = actions.declare(
            by=by, name="一百万人核实", kind_code="person_check", purpose="性能测量", basis="无：虚构人员",
            area=Area.of(COUNTY), deadline=deadline, expires=(deadline + timedelta(days=30)).date(), subject="person",
        )  # fmt: skip
        for done, total in actions.create_tasks(by=by, campaign=campaign):
            say(f"{done:,} of {total:,} tasks")
    return str(campaign.id)


def accounts(grids: list[int]) -> dict[str, list[str]]:
    """A worker in each of sixteen grids far apart, and somebody at each level above."""

    step = max(1, len(grids) // WORKERS)
    wanted = [(f"worker{nth:02}", "grid_worker", grid) for nth, grid in enumerate(islice(grids[::step], WORKERS))]
    wanted += [
        ("community", "community_secretary", grids[0] // 1000),
        ("street", "street_officer", grids[0] // 10**6),
        ("district", "data_steward", COUNTY),
        ("city", "data_steward", COUNTY // 100),
    ]
    made = {name: (cast.password(), role, area) for name, role, area in wanted}
    with acting(system_actor("bench")) as by:
        for name, (password, role, area) in made.items():
            stage.open_account(name, password, name, role, [area], by=by)
    return {name: [password, role, str(area)] for name, (password, role, area) in made.items()}
