"""The town of work's tests, and a district's analyst who holds a token."""

import io
from dataclasses import dataclass
from datetime import timedelta

import polars as pl
import pytest
from django.test import Client

from fengchao.areas.actions import add_overlay
from fengchao.areas.models import Grid, Overlay
from fengchao.base import clock
from fengchao.base.actor import system_actor
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.exchange.actions import make_token
from fengchao.exchange.feeds import FEEDS
from fengchao.people.actions import add_person, add_premises
from fengchao.reports.actions import confirm_return
from fengchao.sightings.actions import Seen, open_source, see
from fengchao.sync.tests.conftest import committed, quiet  # noqa: F401  (fixtures)
from fengchao.testing import ALICE, CAROL, GRACE, GRID, HONGQIAO, NEXT_GRID, user_of
from fengchao.work.actions import accept
from fengchao.work.tests.conftest import campaign, doors, saw, town  # noqa: F401

SECRETS = {"name": "示例甲", "phone": "19900000001", "ric": "11010519491231002X"}


@dataclass
class Analyst:
    """Keeps a copy of a feed by its key, as the guide tells analysts to."""

    secret: str
    client: Client
    cursor: str = ""
    full: bool = False

    def get(self, feed: str, form: str = "csv", cursor: str = ""):
        return self.client.get(f"/api/v1/feeds/{feed}.{form}", {"cursor": cursor} if cursor else {},
                               headers={"Authorization": f"Bearer {self.secret}"})

    def read(self, feed: str, form: str = "csv") -> pl.DataFrame:
        answer = self.get(feed, form, self.cursor)
        assert answer.status_code == 200, answer.content
        self.cursor, self.full = answer["X-Fengchao-Cursor"], answer["X-Fengchao-Full"] == "true"
        content = io.BytesIO(b"".join(answer.streaming_content))
        table = pl.read_csv(content, infer_schema=False) if form == "csv" else pl.read_parquet(content)
        assert str(table.height) == answer["X-Fengchao-Rows"]
        return table

    def follow(self, copy: dict, feed: str) -> dict:
        """The copy after another reading: what is told replaces, what has gone is dropped."""
        rows = self.read(feed).to_dicts()
        copy = {} if self.full else dict(copy)
        for row in rows:
            if row["gone"] == "true":
                copy.pop(row["id"], None)
            else:
                copy[row["id"]] = row
        return copy


@pytest.fixture
def told(doors):  # noqa: F811
    """Something of Hongqiao for every feed."""
    today = clock.today()
    with acting(system_actor()) as system:
        Grid.objects.bulk_create(Grid(code=code, name=f"{code}", since=today) for code in (GRID, NEXT_GRID))
        add_overlay(by=system, name="滨海围合", kind="enclosure", areas=map(Area.of, (GRID, NEXT_GRID)))
    with acting(ALICE):
        accept([saw(doors[0], "met")], by=ALICE)
    with acting(CAROL):
        add_person(by=CAROL, dwelling=doors[0].dwelling, id_kind="ric", **SECRETS)
        add_premises(by=CAROL, grid=GRID, name="宏侨小学", kind="school", contact="示例乙", phone="19900000002")
        source = open_source(by=CAROL, community=HONGQIAO, name="东门", purpose="出入核对",
                             expires=today + timedelta(days=7))
        see(by=CAROL, source=source, seen=[Seen("示例丙", today, phone="19900000003", place="1号楼101",
                                                dwelling=doors[1].dwelling_id)])
        confirm_return(by=CAROL, community=HONGQIAO, day=today, comments={"doors": "示例丁说"})


def analyst(who=GRACE, area: int | Overlay = HONGQIAO, allows=tuple(FEEDS), days=30) -> Analyst:
    where = {"area": area.ground, "overlay": area.id} if isinstance(area, Overlay) else {"area": Area.of(area)}
    user_of(who)
    with acting(who):
        _, secret = make_token(by=who, name="区数据组", **where, allows=allows, days=days)
    return Analyst(secret, Client())
