"""What figures share: one home with its data, one server, and ways in."""

import sys
from functools import cached_property
from pathlib import Path
from typing import Self

import psycopg

from fengchao.demo.server import Server


class Bench:
    """Made once a run. Whatever a figure does not ask for is never started."""

    def __init__(self, home: Path, people: int):
        self.home, self.people = home, people

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
        from bench.data import ensure

        self.urls  # noqa: B018  (Django and the database must be there)
        return ensure(self.home, self.people, self.say)

    @cached_property
    def server(self) -> Server:
        self.data  # noqa: B018  (the server must find the data there)
        return Server(self.home).start()

    def connect(self) -> psycopg.Connection:
        """As the login of the program, for floors."""
        return psycopg.connect(self.urls.app, autocommit=True)

    def say(self, text: str) -> None:
        print(f"  {text}", file=sys.stderr, flush=True)
