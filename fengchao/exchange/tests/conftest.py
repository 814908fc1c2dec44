"""The town of work's tests, and a district's analyst who holds a token."""

import io
from dataclasses import dataclass

import polars as pl
from django.test import Client

from fengchao.areas.models import Overlay
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.exchange.actions import make_token
from fengchao.exchange.feeds import FEEDS
from fengchao.sync.tests.conftest import committed, quiet  # noqa: F401  (fixtures)
from fengchao.testing import GRACE, HONGQIAO, user_of
from fengchao.work.tests.conftest import campaign, doors, saw, town  # noqa: F401


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


def analyst(who=GRACE, area: int | Overlay = HONGQIAO, allows=tuple(FEEDS), days=30) -> Analyst:
    where = {"area": area.ground, "overlay": area.id} if isinstance(area, Overlay) else {"area": Area.of(area)}
    user_of(who)
    with acting(who):
        _, secret = make_token(by=who, name="区数据组", **where, allows=allows, days=days)
    return Analyst(secret, Client())
