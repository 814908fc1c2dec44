"""What figures share: one home with its data, one server, and ways in."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Self
from uuid import UUID

import psycopg

from fengchao.demo.drill.line import Line
from fengchao.demo.server import Server

if TYPE_CHECKING:
    from fengchao.base.actor import Actor

BACKEND = "fengchao.accounts.backend.Backend"


@contextmanager
def undone() -> Iterator["Actor"]:
    """Whoever may do everything, in a transaction that leaves nothing: the other figures find what they expect."""
    from django.db import transaction

    from fengchao.base.actor import system_actor
    from fengchao.base.scope import acting

    with acting(system_actor("bench")) as by:
        yield by
        transaction.set_rollback(True)


class Bench:
    """Made once a run. Whatever a figure does not ask for is never started."""

    SEARCH = "/register?q="

    def __init__(self, home: Path, people: int):
        self.home, self.people = home, people
        os.environ["FENGCHAO_SECOND_FACTOR_ROLES"] = ""  # nobody is there to type a code

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if "server" in self.__dict__:
            self.server.stop()

    @cached_property
    def urls(self):
        """A running database with Django set up on it; see fengchao.base.postgres.Urls."""
        from fengchao.base.django_start import start

        return start(self.home)

    @cached_property
    def data(self):
        self.urls  # noqa: B018  (Django and the database must be there before the import)
        from bench.data import ensure

        return ensure(self.home, self.people, self.say)

    @cached_property
    def server(self) -> Server:
        self.data  # noqa: B018  (the server must find the data there)
        return Server(self.home).start()

    def phones(self) -> list["Phone"]:
        """Sixteen phones signed in over HTTP, each in its own grid."""
        return self._phones

    @cached_property
    def _phones(self) -> list["Phone"]:
        accounts = {name: one for name, one in self.data.accounts.items() if name.startswith("worker")}
        return [Phone(int(area), self._enrolled(name, password)) for name, (password, _, area) in accounts.items()]

    def _enrolled(self, username: str, password: str) -> str:
        line = Line(self.server.url, Random(username))
        body = {"username": username, "password": password, "device_name": "bench"}
        return line.call("POST", "/api/v1/devices/enrol", body)["token"]

    def tasks(self, grid: int) -> list[UUID]:
        rows = self.ask(
            "SELECT id FROM work_task WHERE grid = %s AND campaign_id = %s ORDER BY id", grid, self.data.campaign
        )
        return [row[0] for row in rows]

    def ask(self, statement: str, *parameters: object) -> list[tuple]:
        """As the owner, past every policy: what is really there."""
        with psycopg.connect(self.urls.owner) as connection:
            return connection.execute(statement, parameters).fetchall()

    def ask_owner(self, statement: str, parameters: list) -> None:
        with psycopg.connect(self.urls.owner) as connection:
            connection.execute(statement, parameters)

    def cookie(self, username: str) -> str:
        """The Cookie header of somebody signed in, without the page for it."""
        if username not in self._cookies:
            from django.test import Client

            from fengchao.accounts.models import User

            browser = Client()
            browser.force_login(User.objects.get(username=username), BACKEND)
            self._cookies[username] = f"sessionid={browser.cookies['sessionid'].value}"
        return self._cookies[username]

    @cached_property
    def _cookies(self) -> dict[str, str]:
        return {}

    @cached_property
    def shared(self) -> psycopg.Connection:
        return self.connect()

    def connect(self, *, plans: bool = False) -> psycopg.Connection:
        """As the login of the program, for floors; `plans` as the program keeps them."""
        options = "-c plan_cache_mode=force_generic_plan" if plans else ""
        return psycopg.connect(self.urls.app, autocommit=True, options=options)

    def say(self, text: str) -> None:
        print(f"  {text}", file=sys.stderr, flush=True)


@dataclass(frozen=True, slots=True)
class Phone:
    grid: int
    token: str
